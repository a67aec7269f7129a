import { beforeEach, describe, expect, test } from 'vitest'
import { userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

describe.each(['localstorage', 'memory'] as const)('with tokens in %s, a renewal', (storage) => {
  const site = useSite({ settings: { storage } })
  beforeEach(() => site.control.blockThirdPartyCookies(true))

  const renew = () =>
    site.page.evaluate(() =>
      window.session.client
        .getAccessToken({ ignoreCache: true })
        .catch((error: { code: string }) => error.code),
    )

  const tooMany = { statusCode: 429, error: 'Too Many Requests', message: 'Global limit has been reached' }

  test.each([
    ['a rate limit', 'auth/rate-limited', { status: 429, json: tooMany }],
    ['a server error', 'auth/tenant-failed', { status: 500, json: { error: 'server_error' } }],
    ['a page of a proxy', 'auth/tenant-failed', { status: 502, body: '<h1>Bad gateway</h1>' }],
  ])('that meets %s says so, and the session goes on', async (_, code, answer) => {
    await site.login()
    const everyone = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    await site.context.route('**/oauth/token', (route) => route.fulfill({ ...answer, headers: everyone }))
    expect(await renew()).toBe(code)
    await userLine(site.page).waitFor()
    await site.context.unroute('**/oauth/token')
    expect(await renew()).not.toMatch('auth/')
  })

  test('that meets a tenant that is down says so, and the session goes on', async () => {
    await site.login()
    await site.context.route(`${site.tenant.url}/**`, (route) => route.abort())
    expect(await renew()).toBe('auth/tenant-unreachable')
    await userLine(site.page).waitFor()
  })
})

describe('a refusal that no login of this tab asked for', () => {
  const site = useSite()
  const link = '/callback?error=access_denied&error_description=Send+money+to+Mallory'

  test('is shown to a stranger, without its words', async () => {
    await site.page.goto(site.url(link))
    await site.page.getByRole('heading', { name: 'You were not let in.' }).waitFor()
    expect(await site.page.getByText('Mallory').count()).toBe(0)
    expect(site.page.url()).toBe(site.url('/callback'))
  })

  test('is shown to a visitor who is logged in, and the session goes on', async () => {
    await site.login()
    await site.page.goto(site.url(link))
    await site.page.getByRole('heading', { name: 'You were not let in.' }).waitFor()
    await userLine(site.page).waitFor()
  })
})
