import { describe, expect, it } from 'vitest'
import type { Finding, FixReport } from '../../../contract/proxy-api/index.ts'
import { toSiteUses } from '../../../editor/project-use/index.ts'
import { application, choices, clientId, codes, scopes, shop, site, useTenant } from './use-tenant.ts'

const { current, check, checkAgain } = useTenant()

describe('a fix', () => {
  const situation = {
    seed: application({
      callbacks: ['https://foreign.example/callback'],
      allowed_logout_urls: [],
      web_origins: [],
    }),
  }
  const fix = (fixes: Finding['fix'][], apply: boolean, environment = 'preview') => {
    const { proxy, credentials } = current()
    const body = { credentials, choices, fixes, apply }
    return proxy.call<FixReport>('POST', `/projects/shop/environments/${environment}/health-check/fix`, body)
  }

  /** The lists of the application as the tenant itself has them. */
  async function readBack() {
    const { tenant, credentials } = current()
    const { access_token } = (await send('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: credentials.m2mClientId,
      client_secret: credentials.m2mClientSecret,
      audience: `https://${tenant.domain}/api/v2/`,
    })) as { access_token: string }
    return send(`/api/v2/clients/${clientId}`, undefined, access_token)
  }

  async function send(path: string, body?: object, token?: string): Promise<Record<string, unknown>> {
    const response = await fetch(current().tenant.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    return (await response.json()) as Record<string, unknown>
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
    await current().control.clearRequests()
    expect((await fix(fixes, true)).body.changes).toEqual([])
    const requests = await current().control.requests('/api/v2')
    expect(requests.map(({ method }) => method)).toEqual(['GET'])
  })

  it('adds each page that a host of its own landings sends visitors back to, and no other address', async () => {
    const sites = toSiteUses({ origin: shop, basePath: '/', landings: ['/', '/fr/'] })
    const lists = { callbacks: [`${shop}/fr`], allowed_logout_urls: [`${shop}/fr`] }
    const { findings } = await check({
      seed: application({ ...lists, initiate_login_uri: `${shop}/` }),
      use: { sites },
    })
    await fix(
      findings.flatMap(({ fix: one }) => one ?? []),
      true,
    )
    expect(await readBack()).toMatchObject({
      callbacks: [`${shop}/fr`, `${shop}/`, `${shop}/fr/`],
      allowed_logout_urls: [`${shop}/fr`, `${shop}/`, `${shop}/fr/`],
    })
    expect(codes(await checkAgain({ use: { sites } }))).toEqual([])
  })

  it('adds to what the tenant has and leaves everything else of the application as it was', async () => {
    await check(situation)
    const before = await readBack()
    await fix([{ field: 'callbacks', add: [site.callback] }], true, 'production')
    expect(await readBack()).toEqual({
      ...before,
      callbacks: ['https://foreign.example/callback', site.callback],
    })
  })

  it('for production refuses what is not safe there, and the application stays as it was', async () => {
    await check(situation)
    const before = await readBack()
    const add = [site.callback, 'http://shop.acme.example/callback', 'https://shop.acme.example/callback#x']
    const refused = await fix([{ field: 'callbacks', add }], true, 'production')
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({
      error: 'insecure_address',
      errors: [
        { field: 'callbacks', message: 'http://shop.acme.example/callback is not encrypted.' },
        { field: 'callbacks', message: 'https://shop.acme.example/callback#x has a fragment.' },
      ],
    })
    expect(await readBack()).toEqual(before)
  })

  it('of the application that serves production is as strict when another environment asks for it', async () => {
    await check(situation)
    const { proxy, credentials } = current()
    const connection = { ...credentials, clientId }
    const saved = await proxy.call('PUT', '/projects/shop/environments/production/connection', connection)
    expect(saved.status, saved.text).toBe(200)
    const before = await readBack()
    const http = [{ field: 'callbacks' as const, add: ['http://shop.acme.example/callback'] }]
    expect((await fix(http, true, 'preview')).body.error).toBe('insecure_address')
    expect(await readBack()).toEqual(before)
  })

  it('of a tenant that answers 503 is tried once', async () => {
    await check(situation)
    await current().control.addFault({
      kind: 'status',
      status: 503,
      path: '/api/v2/clients',
      method: 'PATCH',
    })
    await current().control.clearRequests()
    const answer = await fix([{ field: 'callbacks', add: [site.callback] }], true)
    expect(answer.body.error).toBe('bad_upstream')
    const requests = await current().control.requests('/api/v2/clients')
    expect(requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
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
    ['a user before the host', { field: 'callbacks', add: ['https://shop.example@evil.example/callback'] }],
    ['a backslash', { field: 'callbacks', add: ['https://shop.example\\@evil.example'] }],
    ['two addresses in one', { field: 'webOrigins', add: ['https://a.example,https://b.example'] }],
    ['a grant of another kind', { field: 'grantTypes', add: ['password'] }],
    ['a field that it must not touch', { field: 'name', add: ['x'] }],
    ['nothing', { field: 'callbacks', add: [] }],
  ])('that would add %s is refused', async (_name, one) => {
    expect((await fix([one as Finding['fix']], true)).status).toBe(422)
  })
})
