import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type {
  Finding,
  FixReport,
  HealthReport,
  PreflightReport,
  ProjectUse,
} from '../../contract/proxy-api/index.ts'
import { allChecks } from '../../backend-proxy/doctor/all-checks.ts'
import type { TenantSeed } from '../../local-tenant/index.ts'
import { startTenantAndProxy, type TenantAndProxy } from './tenant-and-proxy.ts'

type Client = TenantSeed['clients'][number]

const shop = 'https://shop.acme.example'
const clientId = 'acmeWebSiteSpaApplication000Prev'
const scopes = [
  'read:clients',
  'read:connections',
  'read:organizations',
  'read:resource_servers',
  'read:custom_domains',
  'read:actions',
  'update:clients',
]
const site = { callback: `${shop}/callback`, logout: `${shop}/logged-out`, webOrigin: shop }
const choices = { clientId, audience: 'https://api.acme.example' }

type Change = Partial<Client> | ((client: Client) => Partial<Client>)

interface Situation {
  /** How the application differs from one in order. */
  application?: Change
  /** How the tenant does; it gets one of its own then. */
  seed?: (seed: TenantSeed) => TenantSeed
  environment?: string
  choices?: object
  use?: Partial<ProjectUse>
  scopes?: string[]
}

const production = { environment: 'production' }
const northOnly = { organizations: ['acme-north'] }

/** One way to break a tenant for every finding that there is. */
const broken: Record<string, Situation & { value?: string }> = {
  'application-missing': { choices: { clientId: 'gone' }, value: 'gone' },
  'callback-missing': { application: { callbacks: [] }, value: site.callback },
  'logout-missing': { application: { allowed_logout_urls: [`${shop}/`] }, value: site.logout },
  'web-origin-missing': { application: { web_origins: [] }, value: shop },
  'application-type': { application: { app_type: 'regular_web' }, value: 'Single Page Application' },
  'token-endpoint-method': {
    application: { token_endpoint_auth_method: 'client_secret_post' },
    value: 'None',
  },
  'grant-missing': { application: { grant_types: ['authorization_code'] }, value: 'refresh_token' },
  'signing-algorithm': { application: { jwt_configuration: { alg: 'HS256' } }, value: 'RS256' },
  'audience-management': { choices: { audience: 'https://localhost:4720/api/v2/' } },
  'audience-missing': {
    choices: { audience: 'https://api.acme.example/' },
    value: 'https://api.acme.example/',
  },
  'scope-unknown': { use: { scopes: ['openid', 'read:orders', 'fly:planes'] }, value: 'fly:planes' },
  'offline-access': {
    seed: (seed) => ({
      ...seed,
      resource_servers: (seed.resource_servers ?? []).map((api) => ({ ...api, allow_offline_access: false })),
    }),
  },
  'organization-usage': { application: { organization_usage: 'deny' }, use: northOnly },
  'organization-missing': { use: { organizations: ['acme-west'] }, value: 'acme-west' },
  'identity-provider-none': {
    seed: (seed) => ({
      ...seed,
      connections: (seed.connections ?? []).map((connection) => ({ ...connection, enabled_clients: [] })),
    }),
  },
  'identity-provider-missing': { use: { identityProviders: ['linkedin'] }, value: 'linkedin' },
  'custom-domain': {
    choices: { customDomain: 'login.acme.example' },
    seed: (seed) => ({
      ...seed,
      custom_domains: [
        { custom_domain_id: 'cd_1', domain: 'login.acme.example', status: 'pending_verification' },
      ],
    }),
    value: 'login.acme.example',
  },
  'refresh-rotation': {
    application: { refresh_token: { rotation_type: 'non-rotating', expiration_type: 'expiring' } },
  },
  'refresh-lifetime': {
    application: { refresh_token: { rotation_type: 'rotating', expiration_type: 'non-expiring' } },
  },
  'legacy-grant': {
    application: ({ grant_types = [] }) => ({ grant_types: [...grant_types, 'implicit'] }),
    value: 'implicit',
  },
  'oidc-conformant': { application: { oidc_conformant: false } },
  'third-party': { application: { is_first_party: false } },
  'wildcard-address': {
    ...production,
    application: ({ callbacks = [] }) => ({
      callbacks: [...callbacks, 'https://*.acme.example/callback'],
    }),
    value: 'https://*.acme.example/callback',
  },
  'insecure-address': {
    ...production,
    application: ({ web_origins = [] }) => ({ web_origins: [...web_origins, 'http://localhost:3000'] }),
    value: 'http://localhost:3000',
  },
  'social-keys': {
    seed: (seed) => ({
      ...seed,
      connections: (seed.connections ?? []).map((connection) => ({ ...connection, options: {} })),
    }),
    value: 'google-oauth2',
  },
  'roles-claim': { use: { rolesClaim: 'https://acme.example/roles' } },
  'reload-session': { ...production, use: { storage: 'memory' } },
  'initiate-login': { use: { sites: [{ ...site, initiateLogin: `${shop}/login` }] }, value: `${shop}/login` },
  'loopback-confirmation': {
    application: ({ callbacks = [] }) => ({
      callbacks: [...callbacks, 'http://localhost:3000/callback'],
    }),
    use: { sites: [{ ...site, callback: 'http://localhost:3000/callback' }] },
  },
  'm2m-scope-missing': {
    scopes: scopes.filter((scope) => scope !== 'read:organizations'),
    value: 'read:organizations',
  },
  'm2m-scope-excessive': { scopes: [...scopes, 'delete:users'], value: 'delete:users' },
}

const changed = (client: Client, change: Change): Client => ({
  ...client,
  ...(typeof change === 'function' ? change(client) : change),
})

/** Every application that a situation needs, in one tenant whose identity providers are in order. */
function withApplications(seed: TenantSeed): TenantSeed {
  const site = seed.clients.find((client) => client.client_id === clientId)
  if (!site) throw new Error('The demo tenant has no site.')
  const variants = Object.entries(broken).flatMap(([code, { application: change }]) =>
    change ? { ...changed(site, change), client_id: code } : [],
  )
  const connections = (seed.connections ?? []).map((connection) => ({
    ...connection,
    enabled_clients: [...(connection.enabled_clients ?? []), ...variants.map((variant) => variant.client_id)],
    options: { ...connection.options, client_id: 'own-key' },
  }))
  return { ...seed, clients: [...seed.clients, ...variants], connections }
}

const application =
  (change: Change) =>
  (seed: TenantSeed): TenantSeed => ({
    ...seed,
    clients: seed.clients.map((client) => (client.client_id === clientId ? changed(client, change) : client)),
  })

let shared: TenantAndProxy
let own: TenantAndProxy | undefined

beforeAll(async () => {
  shared = await startTenantAndProxy(4720, withApplications, scopes)
})

afterEach(async () => {
  await own?.close()
  own = undefined
})

afterAll(() => shared.close())

async function check(situation: Situation = {}): Promise<HealthReport> {
  const { seed } = situation
  if (seed || situation.scopes)
    own = await startTenantAndProxy(
      4721,
      (demo) => (seed ? seed(withApplications(demo)) : withApplications(demo)),
      situation.scopes ?? scopes,
    )
  return checkAgain(situation)
}

async function checkAgain(situation: Situation): Promise<HealthReport> {
  const { proxy, credentials } = own ?? shared
  const answer = await proxy.call<HealthReport>(
    'POST',
    `/projects/shop/environments/${situation.environment ?? 'preview'}/health-check`,
    {
      credentials,
      choices: { ...choices, ...situation.choices },
      use: { sites: [site], storage: 'localstorage', ...situation.use },
    },
  )
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

const codes = ({ findings }: HealthReport) => findings.map(({ code }) => code)

describe('a tenant in order', () => {
  it('has no findings, and every check says what it looked at', async () => {
    const report = await check()
    expect(report.findings).toEqual([])
    expect(report.checks.map(({ code }) => code)).toEqual(allChecks.map(({ code }) => code))
    expect(report.checks.every(({ title, outcome }) => title && outcome === 'passed')).toBe(true)
  })
})

describe('a tenant that is not in order', () => {
  it.each(Object.entries(broken))('shows %s, and nothing else', async (code, { value, ...situation }) => {
    const variant = situation.application ? { choices: { clientId: code } } : {}
    const report = await check({ ...variant, ...situation })
    expect(codes(report)).toEqual([code])
    const [finding] = report.findings
    expect(finding?.title && finding.why && finding.where).toBeTruthy()
    if (value) expect(finding?.value).toBe(value)
    expect(report.checks.filter(({ outcome }) => outcome === 'found').map((done) => done.code)).toEqual([
      code,
    ])
  })

  it('has a test here for every check there is, apart from the one that needs a real custom domain', () => {
    const untested = allChecks.map(({ code }) => code).filter((code) => !(code in broken))
    expect(untested).toEqual(['custom-issuer'])
  })

  it('is told in what an entry of its list differs', async () => {
    const entry = `${shop}/callback/`
    const { findings } = await check({ seed: application({ callbacks: [entry] }) })
    expect(findings[0]?.why).toContain(`The list has ${entry}, which differs in the last slash.`)
  })

  it('without a scope names what was not checked, and checks the rest', async () => {
    const report = await check({ scopes: ['read:clients'], seed: application({ callbacks: [] }) })
    expect(codes(report)).toContain('callback-missing')
    const skipped = report.checks.filter(({ outcome }) => outcome === 'not-checked')
    expect(skipped.map(({ code }) => code)).toContain('roles-claim')
    expect(skipped.find(({ code }) => code === 'roles-claim')?.reason).toContain('read:actions')
  })

  it('finds no roles problem when an Auth0 Action sets the claim', async () => {
    expect(codes(await check({ use: { rolesClaim: 'https://lowgate.example/roles' } }))).toEqual([])
  })
})

describe('a fix', () => {
  const situation = {
    seed: application({
      callbacks: ['https://foreign.example/callback'],
      allowed_logout_urls: [],
      web_origins: [],
    }),
  }
  const fix = (fixes: Finding['fix'][], apply: boolean) => {
    const { proxy, credentials } = own ?? shared
    const body = { credentials, choices, fixes, apply }
    return proxy.call<FixReport>('POST', '/projects/shop/environments/preview/health-check/fix', body)
  }

  it('is shown first, then made, keeps what others entered, and a second run changes nothing', async () => {
    const { findings } = await check(situation)
    const fixes = findings.flatMap(({ fix: one }) => one ?? [])
    expect(fixes.map(({ field }) => field).sort()).toEqual(['allowedLogoutUrls', 'callbacks', 'webOrigins'])
    const shown = await fix(fixes, false)
    expect(shown.body).toMatchObject({ applicationName: 'Acme site', applied: false })
    expect(codes(await checkAgain(situation))).toHaveLength(3)
    const made = await fix(fixes, true)
    expect(made.body.changes).toEqual(shown.body.changes)
    expect(made.body.changes).toContainEqual({
      field: 'callbacks',
      before: ['https://foreign.example/callback'],
      added: [site.callback],
    })
    expect(codes(await checkAgain(situation))).toEqual([])
    await own?.control.clearRequests()
    expect((await fix(fixes, true)).body.changes).toEqual([])
    const requests = await own?.control.requests('/api/v2')
    expect(requests?.map(({ method }) => method)).toEqual(['GET'])
  })

  it('of a tenant that answers 503 is tried once', async () => {
    await check(situation)
    await own?.control.addFault({ kind: 'status', status: 503, path: '/api/v2/clients', method: 'PATCH' })
    await own?.control.clearRequests()
    const answer = await fix([{ field: 'callbacks', add: [site.callback] }], true)
    expect(answer.body.error).toBe('bad_upstream')
    const requests = await own?.control.requests('/api/v2/clients')
    expect(requests?.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
  })

  it('without update:clients names the scope, and can still be shown', async () => {
    await check({ ...situation, scopes: scopes.filter((scope) => scope !== 'update:clients') })
    const fixes = [{ field: 'callbacks' as const, add: [site.callback] }]
    expect((await fix(fixes, false)).body.changes).toHaveLength(1)
    const refused = await fix(fixes, true)
    expect(refused.status).toBe(403)
    expect(refused.body.error_description).toContain('update:clients')
  })

  it.each<[string, object]>([
    ['a wildcard', { field: 'callbacks', add: ['https://*.acme.example'] }],
    ['a script', { field: 'callbacks', add: ['javascript:alert(1)'] }],
    ['two addresses in one', { field: 'webOrigins', add: ['https://a.example,https://b.example'] }],
    ['a grant of another kind', { field: 'grantTypes', add: ['password'] }],
    ['a field that it must not touch', { field: 'name', add: ['x'] }],
    ['nothing', { field: 'callbacks', add: [] }],
  ])('that would add %s is refused', async (_name, one) => {
    expect((await fix([one as Finding['fix']], true)).status).toBe(422)
  })
})

describe('a preflight', () => {
  const preflight = async (body: object, seed?: Situation['seed']) => {
    if (seed) own = await startTenantAndProxy(4721, seed)
    const { tenant, proxy } = own ?? shared
    const { domain } = tenant
    const answer = await proxy.call<PreflightReport>(
      'POST',
      '/projects/shop/environments/preview/preflight',
      { connection: { domain, clientId }, callback: site.callback, ...body },
    )
    expect(answer.status, answer.text).toBe(200)
    return answer.body
  }

  it('reaches the login page', async () => {
    const report = await preflight({
      login: { screenHint: 'signup', audience: choices.audience, scope: 'read:orders' },
    })
    expect(report).toMatchObject({ outcome: 'login-page', host: shared.tenant.domain })
    expect(new URL(report.url).searchParams.get('redirect_uri')).toBe(site.callback)
    expect(report.url).toMatch(/^http:\/\/localhost:4720\/authorize\?/)
  })

  it('reaches an identity provider that the action names', async () => {
    const report = await preflight({ login: { connection: 'google-oauth2' } })
    expect(report.outcome).toBe('identity-provider')
  })

  it.each<[string, object, Situation['seed'], string]>([
    ['a callback that is not allowed', { callback: `${shop}/other` }, undefined, 'callback-missing'],
    ['an unknown API', { login: { audience: 'https://nowhere.example' } }, undefined, 'audience-missing'],
    [
      'an organization that the application does not take',
      { login: { organization: 'acme-north' } },
      application({ organization_usage: 'deny' }),
      'organization-usage',
    ],
  ])('shows what a visitor would see with %s', async (_name, body, seed, code) => {
    const report = await preflight(body, seed)
    expect(report).toMatchObject({ outcome: 'refused', finding: { code, severity: 'error' } })
    expect(report.description).toBeTruthy()
  })
})
