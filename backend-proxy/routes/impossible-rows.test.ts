import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStubTenant, type StubTenant } from '../testing/stub-tenant.ts'
import { at, createTestProxy, entered, type TestProxy } from '../testing/test-proxy.ts'

let tenant: StubTenant
let proxy: TestProxy

beforeEach(async () => {
  tenant = await startStubTenant()
  proxy = await createTestProxy({ localTenants: [tenant.domain] })
  await proxy.call('PUT', at(), entered(tenant.domain))
  await proxy.call('PUT', at('shop', 'production'), entered(tenant.domain))
})

afterEach(async () => {
  await proxy.close()
  await tenant.close()
})

function changeByHand(assignment: string) {
  const database = new Database(join(proxy.dataDir, 'proxy.db'))
  database.exec(`update connections set ${assignment} where environment = 'preview'`)
  database.close()
}

describe('a row that was changed by hand to something impossible', () => {
  it.each([
    ["environment = 'moon'", 'environment'],
    ['revision = 0', 'revision'],
    ["revision = 'abc'", 'revision'],
    ['revision = 1.5', 'revision'],
    ['revision = 2147483647', 'revision'],
    ['revision = 9223372036854775807', 'revision'],
    ["updated_at = 'yesterday'", 'updatedAt'],
    ["m2m_client_id = ''", 'm2mClientId'],
    ["client_id = 'a' || char(10) || 'b'", 'clientId'],
  ])('%s is ignored and named in the log, and the others are answered', async (assignment, value) => {
    changeByHand(assignment)
    const list = await proxy.call('GET', '/projects/shop/connections')
    expect(list.body).toMatchObject({ connections: [{ environment: 'production' }] })
    expect((await proxy.call('GET', at())).body.error).toBe('no_connection')
    expect((await proxy.call('POST', `${at()}/test`, {})).body.error).toBe('no_connection')
    expect(proxy.log()).toMatch(new RegExp(`"project":"shop".*"values":\\["${value}"\\]`))
    expect(await proxy.call('PUT', at(), entered(tenant.domain))).toMatchObject({
      status: 200,
      body: { revision: 1 },
    })
    expect((await proxy.call('POST', `${at()}/test`, {})).status).toBe(200)
  })

  it('can be deleted', async () => {
    changeByHand('revision = 0')
    expect((await proxy.call('DELETE', at())).status).toBe(204)
    expect((await proxy.call('PUT', at(), entered(tenant.domain))).status).toBe(200)
  })
})
