import { describe, expect, it } from 'vitest'
import type { HealthReport } from '../../../contract/proxy-api/index.ts'
import { allChecks } from '../../../backend-proxy/health-check/run.ts'
import { broken } from './broken-tenants.ts'
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

const { check } = useTenant(withBrokenApplications)

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

  it('finds no roles problem when an Auth0 Action sets the claim', async () => {
    expect(codes(await check({ use: { rolesClaim: 'https://lowgate.example/roles' } }))).toEqual([])
  })
})
