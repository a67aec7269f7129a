import { join } from 'node:path'
import Database from 'libsql'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { databases } from '../testing/databases.ts'
import { startStubTenant } from '../testing/stub-tenant.ts'
import { at, createTestProxy, entered } from '../testing/test-proxy.ts'

const postgres = databases.find(({ name }) => name.startsWith('PostgreSQL'))

describe('a database that somebody else has locked', () => {
  it.skipIf(postgres?.skip)('is told as not ready after a while, and not as a silent tenant', async () => {
    const database = await postgres?.create()
    const proxy = await createTestProxy({ ...database?.config, upstreamTimeout: 500 })
    const other = new pg.Client({ connectionString: String(database?.config.databaseUrl) })
    await other.connect()
    await other.query('begin; lock table connections')
    for (const path of [at(), '/projects/shop/connections', '/readiness'])
      expect(await proxy.call('GET', path)).toMatchObject({ status: 503, body: { error: 'not_ready' } })
    await other.query('rollback')
    expect((await proxy.call('GET', at())).body.error).toBe('no_connection')
    await other.end()
    await proxy.close()
    await database?.drop()
  })

  it('is told as not ready, and keeps what was saved, when it is the embedded one', async () => {
    const tenant = await startStubTenant()
    const proxy = await createTestProxy({ localTenants: [tenant.domain] })
    await proxy.call('PUT', at(), entered(tenant.domain))
    const other = new Database(join(proxy.dataDir, 'proxy.db'))
    other.exec('begin immediate')
    for (const answer of [
      await proxy.call('PUT', at(), entered(tenant.domain, { revision: 1 })),
      await proxy.call('DELETE', at()),
    ])
      expect(answer).toMatchObject({ status: 503, body: { error: 'not_ready' } })
    expect((await proxy.call('GET', at())).body).toMatchObject({ revision: 1 })
    other.exec('rollback')
    other.close()
    expect((await proxy.call('PUT', at(), entered(tenant.domain, { revision: 1 }))).status).toBe(200)
    await proxy.close()
    await tenant.close()
  })
})
