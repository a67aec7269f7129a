/**
 * Runs until it is killed: `save` writes one revision after another; `rotate` encrypts every secret again, or only as
 * many as it is told, and then waits.
 */
import { createKeyring } from '../../backend-proxy/secrets/keyring.ts'
import { reencrypt } from '../../backend-proxy/secrets/rotation.ts'
import { createConnectionStore } from '../../backend-proxy/storage/connections.ts'
import { openStorage } from '../../backend-proxy/storage/database.ts'

const [mode, dataDir = '', limit = '', ...keys] = process.argv.slice(2)
const tell = (line: string) => process.stdout.write(`${line}\n`)
const { db } = await openStorage({ dataDir })
const store = createConnectionStore(db)

if (mode === 'rotate') {
  let replaced = 0
  const limited: typeof store = {
    ...store,
    async replaceSecret(...row) {
      if (String(replaced) === limit) await new Promise((done) => setTimeout(done, 2 ** 30))
      await store.replaceSecret(...row)
      replaced += 1
      tell(`replaced ${String(replaced)}`)
    },
  }
  await reencrypt(limited, createKeyring(keys as [string, ...string[]]))
  tell('finished')
} else {
  const key = { project: 'shop', environment: 'preview' }
  let revision = (await store.find(key))?.revision ?? 0
  tell(`found ${String(revision)}`)
  for (;;) {
    revision += 1
    const row = {
      ...key,
      revision,
      domain: 't.auth0.com',
      m2m_client_id: 'm2m',
      secret: 'x'.repeat(500),
      key_id: 'k',
      client_id: null,
      audience: null,
      organization: null,
      custom_domain: null,
      updated_at: new Date().toISOString(),
    }
    if (!(await store.save(row))) throw new Error('The revision was not the saved one.')
    tell(`saved ${String(revision)}`)
  }
}
