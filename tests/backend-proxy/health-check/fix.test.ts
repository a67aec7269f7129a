import { describe, expect, it } from 'vitest'
import type { Finding, FixReport } from '../../../contract/proxy-api/index.ts'
import { application, choices, codes, scopes, site, useTenant } from './use-tenant.ts'

const { current, check, checkAgain } = useTenant()

describe('a fix', () => {
  const situation = {
    seed: application({
      callbacks: ['https://foreign.example/callback'],
      allowed_logout_urls: [],
      web_origins: [],
    }),
  }
  const fix = (fixes: Finding['fix'][], apply: boolean) => {
    const { proxy, credentials } = current()
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
    await current().control.clearRequests()
    expect((await fix(fixes, true)).body.changes).toEqual([])
    const requests = await current().control.requests('/api/v2')
    expect(requests.map(({ method }) => method)).toEqual(['GET'])
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
