import { createTestProxy, type Answer, type TestProxy } from '../../backend-proxy/testing/test-proxy.ts'
import { connectControl, type TenantControl } from '../../local-tenant/control/client.ts'
import { demoSeed, startLocalTenant, type LocalTenant, type TenantSeed } from '../../local-tenant/index.ts'
import { remoteLists, scopeOfList, type RemoteList } from '../../contract/index.ts'
import type { ListPage, ListRequest } from '../../contract/proxy-api/index.ts'

export interface TenantAndProxy {
  tenant: LocalTenant
  control: TenantControl
  proxy: TestProxy
  credentials: { domain: string; m2mClientId: string; m2mClientSecret: string }
  /** A page of a list, of credentials that are not saved. */
  list(name: RemoteList, request?: Partial<ListRequest>): Promise<Answer<ListPage>>
  /** How many requests reached the Management API since the last count. */
  upstreamCalls(): Promise<number>
  close(): Promise<void>
}

/** The demo tenant, changed, with a proxy in memory in front of it. Its M2M application has all `scopes`. */
export async function startTenantAndProxy(
  change: (seed: TenantSeed) => TenantSeed = (seed) => seed,
  scopes: string[] = remoteLists.map((list) => scopeOfList[list]),
): Promise<TenantAndProxy> {
  const seed = demoSeed('preview', { callbackOrigins: ['https://shop.acme.example'] })
  const m2m = seed.clients.find(({ app_type }) => app_type === 'non_interactive')
  if (!m2m?.client_secret) throw new Error('The demo tenant has no M2M application.')
  const client_grants = [{ client_id: m2m.client_id, audience: 'management', scope: scopes }]
  const tenant = await startLocalTenant(change({ ...seed, client_grants }), { port: 0, control: true })
  const proxy = await createTestProxy({ localTenants: [tenant.domain], rateLimit: 10_000 })
  const control = connectControl(tenant.url)
  const credentials = {
    domain: tenant.domain,
    m2mClientId: m2m.client_id,
    m2mClientSecret: m2m.client_secret,
  }
  return {
    tenant,
    control,
    proxy,
    credentials,
    list: (name, request = {}) =>
      proxy.call('POST', `/projects/shop/environments/preview/lists/${name}`, { credentials, ...request }),
    async upstreamCalls() {
      const { length } = await control.requests('/api/v2')
      await control.clearRequests()
      return length
    },
    async close() {
      await proxy.close()
      await tenant.close()
    },
  }
}
