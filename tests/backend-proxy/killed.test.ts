import { spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyring } from '../../backend-proxy/secrets/keyring.ts'
import { toContext } from '../../backend-proxy/secrets/rotation.ts'
import { open, seal } from '../../backend-proxy/secrets/sealed-secret.ts'
import { createConnectionStore } from '../../backend-proxy/storage/connections.ts'
import { openStorage } from '../../backend-proxy/storage/database.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let folder: string

beforeAll(async () => {
  // Plain JavaScript starts fast enough to be killed many times; inside the repository it finds its packages.
  folder = mkdtempSync(join(root, 'node_modules/.lowgate-killed-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['libsql', 'pg'] },
    build: {
      ssr: join(root, 'tests/backend-proxy/killed-child.ts'),
      outDir: folder,
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const makeDataDir = () => mkdtempSync(join(folder, 'data-'))

/**
 * Starts the child, kills it at any moment after it has said so many lines, and answers all that it said. Lines and not
 * the clock say when, so that every round gets somewhere on the busiest machine.
 */
async function runAndKill(args: string[], linesBefore = Infinity): Promise<string[]> {
  const child = spawn(process.execPath, [join(folder, 'child.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const lines = () => said.split('\n').slice(0, -1)
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    // Anywhere in the next steps, and not only right after the one that was told.
    if (lines().length >= linesBefore) setTimeout(() => child.kill('SIGKILL'), randomInt(10))
  })
  await new Promise((resolve) => child.on('close', resolve))
  return lines()
}

async function readKeyIds(dataDir: string): Promise<string[]> {
  const { db, close } = await openStorage({ dataDir })
  const ids = await createConnectionStore(db).keyIds()
  await close()
  return ids
}

const numbers = (lines: string[], word: string) =>
  lines.filter((line) => line.startsWith(word)).map((line) => Number(line.split(' ')[1]))

describe('a proxy that is killed', () => {
  it('forty times while it saves keeps every save that it acknowledged', async () => {
    const rounds = 20
    const killOften = async () => {
      const dataDir = makeDataDir()
      let acknowledged = 0
      for (let round = 0; round < rounds; round += 1) {
        const lines = await runAndKill(['save', dataDir], randomInt(2, 8))
        const [found = -1] = numbers(lines, 'found')
        expect(found).toBeGreaterThanOrEqual(acknowledged)
        expect(found).toBeLessThanOrEqual(acknowledged + 1)
        acknowledged = Math.max(found, ...numbers(lines, 'saved'))
      }
      return acknowledged
    }
    const saves = await Promise.all([killOften(), killOften()])
    expect(Math.min(...saves)).toBeGreaterThanOrEqual(rounds)
  })

  it('while it encrypts secrets again goes on at the next start', async () => {
    const dataDir = makeDataDir()
    const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
    const storage = await openStorage({ dataDir })
    const store = createConnectionStore(storage.db)
    const old = createKeyring([oldKey])
    const rows = 260
    await storage.db.transaction().execute(async (transaction) => {
      const inside = createConnectionStore(transaction)
      for (let index = 0; index < rows; index += 1) {
        const place = { project: `p${String(index)}`, environment: 'preview' }
        const { secret, keyId } = await seal(
          `secret ${String(index)}`,
          { ...place, domain: 't.auth0.com', clientId: 'm2m' },
          old,
        )
        await inside.save({
          ...place,
          revision: 1,
          domain: 't.auth0.com',
          m2m_client_id: 'm2m',
          secret,
          key_id: keyId,
          client_id: null,
          audience: null,
          organization: null,
          custom_domain: null,
          updated_at: '2026-11-21T00:00:00.000Z',
        })
      }
    })
    expect(await store.keyIds()).toEqual([old.current.id])
    await storage.close()

    // Twenty rounds of at most twelve rows each leave some for the last one.
    const rotate = (limit: string, linesBefore?: number) =>
      runAndKill(['rotate', dataDir, limit, newKey, oldKey], linesBefore)
    for (let round = 0; round < 20; round += 1) await rotate('12', randomInt(1, 6))
    expect(await readKeyIds(dataDir)).toHaveLength(2)
    expect(await rotate('')).toContain('finished')

    const after = await openStorage({ dataDir })
    const onlyNew = createKeyring([newKey])
    const saved = await after.db.selectFrom('connections').selectAll().execute()
    const secrets = await Promise.all(saved.map((row) => open(row.secret, toContext(row), onlyNew)))
    expect(new Set(secrets).size).toBe(rows)
    await after.close()
  })
})
