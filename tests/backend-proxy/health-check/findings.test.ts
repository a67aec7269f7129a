import { afterEach, describe, expect, it } from 'vitest'
import type { HealthReport } from '../../../contract/proxy-api/index.ts'
import { allChecks } from '../../../backend-proxy/health-check/run.ts'
import { broken } from './broken-tenants.ts'
import type { PartName } from '../../../backend-proxy/health-check/tenant-parts.ts'
import {
  application,
  changed,
  clientId,
  codes,
  inOrder,
  shop,
  useTenant,
  type SeedChange,
} from './use-tenant.ts'

/** Beside the site's application, a broken one for every finding that an application causes. */
const withBrokenApplications: SeedChange = (seed) => {
  const { clients, connections = [], ...rest } = inOrder(seed)
  const site = clients.find((client) => client.client_id === clientId)
  if (!site) throw new Error('The demo tenant has no site.')
  const variants = Object.entries(broken).flatMap(([code, { application: change }]) =>
    change ? { ...changed(site, change), client_id: code } : [],
  )
  return {
    ...rest,
    clients: [...clients, ...variants],
    connections: connections.map((connection) => ({
      ...connection,
      enabled_clients: [
        ...(connection.enabled_clients ?? []),
        ...variants.map((variant) => variant.client_id),
      ],
    })),
  }
}

const { check, current } = useTenant(withBrokenApplications)

afterEach(() => current().control.clearFaults())

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

  it('is warned that an access token is opaque to every API while none is chosen', async () => {
    const { findings } = await check({ choices: { audience: undefined }, use: { asksForOwnToken: true } })
    expect(findings).toMatchObject([{ severity: 'warning', where: 'Connection › API audience' }])
  })

  it('is told in what an entry of its list differs', async () => {
    const entry = `${shop}/callback/`
    const { findings } = await check({ seed: application({ callbacks: [entry] }) })
    expect(findings[0]?.why).toContain(`The list has ${entry}, which differs in the last slash.`)
  })

  it.each([
    ['acme north', 'acme-north'],
    ['école d’été (nord)', 'ecole-d-ete-nord'],
  ])('is told the short name that an organization called “%s” may have', async (organization, name) => {
    const { findings } = await check({ use: { organizations: [organization] } })
    expect(findings).toMatchObject([{ code: 'organization-missing', value: name }])
    expect(findings[0]?.title).toContain(`“${organization}” is not the name of an organization`)
  })

  it.each(['wildcard-address', 'insecure-address'])(
    'in production has an error for %s, and before production nothing',
    async (code) => {
      const { environment } = broken[code] ?? {}
      const asked = { choices: { clientId: code } }
      expect((await check({ ...asked, ...(environment && { environment }) })).findings).toMatchObject([
        { code, severity: 'error' },
      ])
      expect((await check(asked)).findings).toEqual([])
    },
  )

  it('in production is not told to let in a site without https', async () => {
    const http = 'http://shop.acme.example'
    const use = { sites: [{ callback: `${http}/callback`, logout: `${http}/logged-out`, webOrigin: http }] }
    const { findings } = await check({ environment: 'production', use })
    expect(codes({ findings } as HealthReport).sort()).toEqual([
      'callback-missing',
      'logout-missing',
      'web-origin-missing',
    ])
    for (const finding of findings) {
      expect(finding).not.toHaveProperty('fix')
      expect(finding).not.toHaveProperty('value')
      expect(finding.where).toContain('is not encrypted')
    }
  })

  it('without a scope names what was not checked, and checks the rest', async () => {
    const report = await check({ scopes: ['read:clients'], seed: application({ callbacks: [] }) })
    expect(codes(report)).toContain('callback-missing')
    const skipped = report.checks.filter(({ outcome }) => outcome === 'not-checked')
    expect(skipped.map(({ code }) => code)).toContain('roles-claim')
    expect(skipped.find(({ code }) => code === 'roles-claim')?.reason).toContain('read:actions')
  })

  it.each<[PartName, string]>([
    ['customDomains', '/api/v2/custom-domains'],
    ['loginActions', '/api/v2/actions'],
    ['identityProviders', '/api/v2/connections'],
  ])('costs no more than the checks of %s where %s answers 404 or 400', async (part, path) => {
    for (const status of [404, 400]) {
      await current().control.addFault({ kind: 'status', status, path })
      const report = await check()
      await current().control.clearFaults()
      const expected = allChecks.map(({ code, needs }) => [
        code,
        needs.includes(part) ? 'not-checked' : 'passed',
      ])
      expect(report.checks.map(({ code, outcome }) => [code, outcome])).toEqual(expected)
      const skipped = report.checks.filter(({ outcome }) => outcome === 'not-checked')
      for (const { reason } of skipped) expect(reason).toContain(String(status))
    }
  })

  it('says in words why a check was left out', async () => {
    await current().control.addFault({ kind: 'redirect', path: '/api/v2/custom-domains' })
    const { checks } = await check()
    const left = checks.find(({ code }) => code === 'custom-domain')
    expect(left?.reason).toMatch(/ .*\.$/)
  })

  it('on the free plan has no custom domains, which is not a missing scope', async () => {
    const free: SeedChange = (seed) => ({ ...seed, tenant: { ...seed.tenant, plan: 'free' } })
    const report = await check({ seed: free })
    expect(report.findings).toEqual([])
    expect(report.checks.every(({ outcome }) => outcome === 'passed')).toBe(true)
    const chosen = await check({ seed: free, choices: { customDomain: 'login.acme.example' } })
    expect(codes(chosen)).toContain('custom-domain')
  })

  it.each([
    ['non_interactive', 'a Machine to Machine application', 'Create Application'],
    ['native', 'a Native application', 'Create Application'],
    ['regular_web', 'a Regular Web Application', 'Application Type'],
  ] as const)('says that a picked application is %s and what to do', async (app_type, kind, where) => {
    const { findings } = await check({ seed: application({ app_type }) })
    const finding = findings.find(({ code }) => code === 'application-type')
    expect(finding?.title).toContain(`is ${kind}`)
    expect(finding?.where).toContain(where)
  })

  it('finds no roles problem when an Auth0 Action sets the claim', async () => {
    expect(codes(await check({ use: { rolesClaim: 'https://lowgate.example/roles' } }))).toEqual([])
  })
})
