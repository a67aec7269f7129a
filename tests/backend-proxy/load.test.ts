import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createGuardedFetch } from '../../backend-proxy/tenant/guarded-fetch.ts'
import { createTenantPool } from '../../backend-proxy/tenant/tenant-client.ts'
import { startStubTenant, type StubTenant } from '../../backend-proxy/testing/stub-tenant.ts'
import { createTestProxy, credentialsFor, type TestProxy } from '../../backend-proxy/testing/test-proxy.ts'
import { Secret } from '../../contract/index.ts'

let tenant: StubTenant
let proxy: TestProxy

beforeEach(async () => {
  tenant = await startStubTenant()
  proxy = await createTestProxy({
    localTenants: [tenant.domain],
    upstreamTimeout: 250,
    rateLimit: 100_000,
    logLevel: 'silent',
  })
})

afterEach(async () => {
  await proxy.close()
  await tenant.close()
})

const list = (project: string, search = '') =>
  proxy.call('POST', `/projects/${project}/environments/preview/lists/applications`, {
    credentials: credentialsFor(tenant.domain),
    search,
  })

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in use, what nobody needs any more left out. */
const memory = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

const descriptors = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0)

describe('under load', () => {
  it('a tenant that never answers costs neither descriptors nor memory that stay', async () => {
    await list('shop')
    tenant.on('/api/v2/clients/search', () => undefined)
    const burst = (round: number) =>
      Promise.all(
        Array.from({ length: 100 }, (_, index) => list('shop', `name ${String(round)} ${String(index)}`)),
      )
    const first = await burst(0)
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([504]))
    await sleep(300)
    const before = { descriptors: descriptors(), memory: memory() }
    for (let round = 1; round <= 8; round += 1) await burst(round)
    await vi.waitFor(() => {
      expect(descriptors() - before.descriptors).toBeLessThan(20)
      expect(memory() - before.memory).toBeLessThan(10_000_000)
    }, 10_000)
  })

  it('a tenant that never answers does not hold up the others', async () => {
    const slow = await startStubTenant()
    const both = await createTestProxy({
      localTenants: [tenant.domain, slow.domain],
      upstreamTimeout: 4_000,
      logLevel: 'silent',
    })
    slow.on('/.well-known/openid-configuration', () => undefined)
    slow.on('/oauth/token', () => undefined)
    const ask = (domain: string) =>
      both.call('POST', '/projects/shop/environments/preview/lists/applications', {
        credentials: credentialsFor(domain),
      })
    let answered = 0
    const stuck = Array.from({ length: 50 }, () => ask(slow.domain).finally(() => answered++))
    expect((await ask(tenant.domain)).status).toBe(200)
    expect(answered).toBe(0)
    expect((await Promise.all(stuck)).every(({ status }) => status === 504)).toBe(true)
    expect(slow.count('/oauth/token')).toBe(1)
    await both.close()
    await slow.close()
  })

  it('ten thousand tenants are not all kept in memory', async () => {
    const fetch = createGuardedFetch({ rule: { suffixes: [], localTenants: new Set() }, timeout: 100 })
    const pool = createTenantPool(fetch, 100)
    const credentials = (index: number) => ({
      domain: `t${String(index)}.auth0.com`,
      clientId: 'm2m',
      clientSecret: new Secret('secret'),
    })
    const first = pool.get(credentials(0))
    expect(pool.get(credentials(0))).toBe(first)
    for (let index = 1; index <= 10_000; index += 1) pool.get(credentials(index))
    expect(pool.get(credentials(0))).not.toBe(first)
    await fetch.close()
  })
})
