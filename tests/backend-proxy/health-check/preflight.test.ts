import { describe, expect, it } from 'vitest'
import type { PreflightReport } from '../../../contract/proxy-api/index.ts'
import { application, choices, clientId, shop, site, useTenant, type SeedChange } from './use-tenant.ts'

const { current, start } = useTenant()

describe('a preflight', () => {
  const preflight = async (body: object, seed?: SeedChange) => {
    if (seed) await start(seed)
    const { tenant, proxy } = current()
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
    expect(report).toMatchObject({ outcome: 'login-page', host: current().tenant.domain })
    expect(new URL(report.url).searchParams.get('redirect_uri')).toBe(site.callback)
    expect(report.url.split('?')[0]).toBe(`${current().tenant.url}/authorize`)
  })

  it('reaches an identity provider that the action names', async () => {
    const report = await preflight({ login: { connection: 'google-oauth2' } })
    expect(report.outcome).toBe('identity-provider')
  })

  it.each<[string, object, SeedChange | undefined, string]>([
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
