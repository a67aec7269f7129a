import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { HealthReport, ProjectUse } from '../../../contract/proxy-api/index.ts'
import type { TenantSeed } from '../../../local-tenant/index.ts'
import { startTenantAndProxy, type TenantAndProxy } from '../tenant-and-proxy.ts'

type Client = TenantSeed['clients'][number]

export const shop = 'https://shop.acme.example'
export const clientId = 'acmeWebSiteSpaApplication000Prev'
export const site = { callback: `${shop}/callback`, logout: `${shop}/logged-out`, webOrigin: shop }
export const choices = { clientId, audience: 'https://api.acme.example' }
export const scopes = [
  'read:clients',
  'read:connections',
  'read:organizations',
  'read:resource_servers',
  'read:custom_domains',
  'read:actions',
  'update:clients',
]

export type Change = Partial<Client> | ((client: Client) => Partial<Client>)
export type SeedChange = (seed: TenantSeed) => TenantSeed

/** How a health check differs from one that finds nothing. */
export interface Situation {
  /** How the tenant differs: the test gets one of its own then. */
  seed?: SeedChange
  environment?: string
  choices?: object | ((domain: string) => object)
  use?: Partial<ProjectUse>
  scopes?: string[]
}

export const changed = (client: Client, change: Change): Client => ({
  ...client,
  ...(typeof change === 'function' ? change(client) : change),
})

/** Changes the site's application. */
export const application =
  (change: Change): SeedChange =>
  (seed) => ({
    ...seed,
    clients: seed.clients.map((client) => (client.client_id === clientId ? changed(client, change) : client)),
  })

/** The demo tenant without a finding: its identity providers have keys of their own. */
export const inOrder: SeedChange = (seed) => ({
  ...seed,
  connections: (seed.connections ?? []).map((connection) => ({
    ...connection,
    options: { ...connection.options, client_id: 'own-key' },
  })),
})

export const codes = ({ findings }: HealthReport) => findings.map(({ code }) => code)

/** A tenant for the tests of one file, and one of its own for a test that asks for it. */
export function useTenant(base: SeedChange = inOrder) {
  let shared: TenantAndProxy
  let own: TenantAndProxy | undefined

  beforeAll(async () => {
    shared = await startTenantAndProxy(base, scopes)
  })
  afterEach(async () => {
    await own?.close()
    own = undefined
  })
  afterAll(() => shared.close())

  /** The tenant that requests go to. */
  const current = () => own ?? shared

  /** Gives the test a tenant of its own. */
  async function start(change: SeedChange, granted?: string[]): Promise<void> {
    own = await startTenantAndProxy((demo) => change(base(demo)), granted ?? scopes)
  }

  async function check(situation: Situation = {}): Promise<HealthReport> {
    const { seed = (demo) => demo, scopes: granted } = situation
    if (situation.seed || granted) await start(seed, granted)
    return checkAgain(situation)
  }

  async function checkAgain(situation: Situation): Promise<HealthReport> {
    const { proxy, credentials, tenant } = current()
    const { choices: chosen } = situation
    const answer = await proxy.call<HealthReport>(
      'POST',
      `/projects/shop/environments/${situation.environment ?? 'preview'}/health-check`,
      {
        credentials,
        choices: { ...choices, ...(typeof chosen === 'function' ? chosen(tenant.domain) : chosen) },
        use: { sites: [site], storage: 'localstorage', ...situation.use },
      },
    )
    expect(answer.status, answer.text).toBe(200)
    return answer.body
  }

  return { current, start, check, checkAgain }
}
