import type { Page, Route } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { cleo, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).last()

/** Opens a page of the tenant's login, so that a login is under way. */
async function startLogin(path = '/') {
  await site.page.goto(site.url(path))
  if (path === '/') await loginButton(site.page).click()
  await site.page.getByLabel('Email address').waitFor()
}

/** Puts an error page on show and answers its code. */
async function shownCode(): Promise<string> {
  await site.page.getByText('For the owner of this site').click()
  return (await site.page.locator('dd code').textContent()) ?? ''
}

describe('consumes nothing', () => {
  test('without a login that this tab started', async () => {
    await site.page.goto(site.url('/callback?code=abc&state=def'))
    await heading(site.page).waitFor()
    expect(await shownCode()).toBe('auth/state-missing')
    expect(site.page.url()).toBe(site.url('/callback'))
    expect(await site.asked('/oauth/token')).toEqual([])
  })

  test('when the state is another one, and finishes the login that was under way', async () => {
    await startLogin()
    const loginPage = site.page.url()
    await site.page.goto(site.url('/callback?code=abc&state=forged'))
    expect(await shownCode()).toBe('auth/state-mismatch')
    expect(await site.asked('/oauth/token')).toEqual([])
    await site.page.goto(loginPage)
    await submitCredentials(site.page)
    await userLine(site.page).waitFor()
  })

  test('on another page than the callback: another provider’s code stays where it is', async () => {
    await site.page.goto(site.url('/?code=stripe&state=theirs'))
    await loginButton(site.page).waitFor()
    expect(site.page.url()).toBe(site.url('/?code=stripe&state=theirs'))
    expect(await site.asked('/oauth/token')).toEqual([])
  })

  test('of a link that confirms an e-mail address', async () => {
    await site.page.goto(
      site.url('/callback?code=success&success=true&message=Your%20email%20was%20verified'),
    )
    await site.page.waitForURL(site.url())
    expect(await site.asked('/oauth/token')).toEqual([])
  })
})

describe('is used once:', () => {
  async function callbackUrl(): Promise<string> {
    const arrived = site.page.waitForRequest((request) => request.url().includes('/callback?'))
    await site.login()
    return (await arrived).url()
  }

  test('opened again, it exchanges nothing, loses its query and stays logged in', async () => {
    const used = await callbackUrl()
    await site.control.clearRequests()
    await site.page.goto(used)
    await site.page.waitForURL(site.url())
    await userLine(site.page).waitFor()
    expect(await site.control.requests('/oauth/token')).toEqual([])
  })

  test('the Back button does not lead into it', async () => {
    await callbackUrl()
    await site.page.getByRole('link', { name: 'Members' }).click()
    await site.page.getByRole('heading', { name: 'Private: members' }).waitFor()
    await site.page.goBack()
    await site.page.waitForURL(site.url())
    await userLine(site.page).waitFor()
  })

  test('in another browser it says so, and one click starts again', async () => {
    const used = await callbackUrl()
    const other = await (await site.browser.newContext()).newPage()
    await other.goto(used)
    await other.getByRole('heading', { name: 'used before or belongs to another browser' }).waitFor()
    await other.getByRole('button', { name: 'Log in again' }).click()
    await submitCredentials(other)
    await userLine(other).waitFor()
    await other.context().close()
  })
})

describe('a login that the tenant denies', () => {
  test('ends on a page that shows the reason as text and does not try again', async () => {
    await site.control.denyNextLogin({
      error: 'access_denied',
      error_description: '<img src=x onerror="document.title=\'owned\'"> not <b>today</b>',
    })
    await startLogin('/members')
    await submitCredentials(site.page)
    await heading(site.page).waitFor()
    expect(await site.page.getByRole('alert').last().textContent()).toContain('not <b>today</b>')
    expect(await site.page.title()).not.toBe('owned')
    expect(await shownCode()).toBe('auth/access-denied')
    expect(site.page.url()).toBe(site.url('/callback'))
    expect(await site.asked('/oauth/token')).toEqual([])
    const before = (await site.asked('/authorize')).length
    await site.page.waitForTimeout(500)
    expect(await site.asked('/authorize')).toHaveLength(before)
  })

  test('leads to the page that was asked for once it works', async () => {
    await site.control.denyNextLogin()
    await startLogin('/members?x=1')
    await submitCredentials(site.page)
    await site.page.getByRole('button', { name: 'Log in with another account' }).click()
    await submitCredentials(site.page)
    await site.page.waitForURL(site.url('/members?x=1'))
    await site.page.getByRole('heading', { name: 'Private: members' }).waitFor()
  })

  test('tells a blocked visitor why', async () => {
    await startLogin()
    await submitCredentials(site.page, cleo)
    await heading(site.page).waitFor()
    expect(await heading(site.page).textContent()).toBe('You were not let in.')
    expect(await site.page.getByRole('alert').last().textContent()).toContain('Auth0 says: user is blocked')
    expect(await shownCode()).toBe('auth/access-denied')
  })
})

test.each([
  ['access_denied', 'user auth0|65f1 is not part of the org_1 organization', 'auth/access-denied'],
  ['invalid_request', 'the connection was not found', 'auth/failed'],
])(
  '%s on a published site: a plain sentence, code and time, and none of the tenant’s words',
  async (error, words, code) => {
    const production = { domain: site.tenant.domain, clientId: site.clientId }
    await site.change({
      connections: { production },
      origins: { [new URL(site.url()).origin]: 'production' },
    })
    await startLogin()
    await site.control.denyNextLogin({ error, error_description: words })
    await submitCredentials(site.page)
    await heading(site.page).waitFor()
    expect(await shownCode()).toBe(code)
    expect(await site.page.content()).not.toContain(words)
    expect(await site.page.getByRole('alert').last().textContent()).toMatch(
      new RegExp(`Reference: ${code}, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC`),
    )
  },
)

test('the builder’s preview says what the tenant said, as that a connection was not found', async () => {
  await startLogin()
  await site.control.denyNextLogin({
    error: 'invalid_request',
    error_description: 'the connection was not found',
  })
  await submitCredentials(site.page)
  await site.page.getByText('Auth0 says: the connection was not found').waitFor()
})

describe('refuses tokens', () => {
  /** Lets the tenant's answer through with a changed ID token. The SDK leaves the signature to the API. */
  const withClaims = (change: object) => async (route: Route) => {
    const response = await route.fetch()
    const body = (await response.json()) as { id_token: string }
    const [header, payload, signature] = body.id_token.split('.')
    const claims = { ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()), ...change }
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url')
    await route.fulfill({ response, json: { ...body, id_token: [header, changed, signature].join('.') } })
  }

  test.each([
    [
      'of another issuer, as production’s at a preview site',
      { iss: 'http://localhost:9999/' },
      'auth/token-refused',
    ],
    ['for another application', { aud: 'somebody-else' }, 'auth/token-refused'],
    ['with another nonce', { nonce: 'forged' }, 'auth/token-refused'],
    ['that ended long ago', { exp: 1_600_000_000 }, 'auth/clock-skew'],
  ])('%s', async (_, claims, code) => {
    await site.page.route('**/oauth/token', withClaims(claims))
    await startLogin()
    await submitCredentials(site.page)
    expect(await shownCode()).toBe(code)
    expect(await site.page.evaluate(() => window.session.state.isAuthenticated)).toBe(false)
    expect(await site.page.evaluate(() => Object.keys(localStorage))).toEqual([])
  })

  test('of another organization than was asked for', async () => {
    await site.page.route('**/oauth/token', withClaims({ org_id: 'org_acmeSouth0000002' }))
    await site.page.goto(site.url())
    await site.page.evaluate(() => {
      void window.session.client.loginWithRedirect({ organization: 'org_acmeNorth0000001' })
    })
    await submitCredentials(site.page)
    expect(await shownCode()).toBe('auth/token-refused')
    expect(await site.page.evaluate(() => Object.keys(localStorage))).toEqual([])
  })

  test.each([
    [300, false],
    [-300, false],
    [30, true],
    [-30, true],
  ])('when the clocks are %i seconds apart: accepted %s', async (offset, isAccepted) => {
    await site.control.shiftClock(offset)
    try {
      await startLogin()
      await submitCredentials(site.page)
      if (isAccepted) return await userLine(site.page).waitFor()
      expect(await shownCode()).toBe('auth/clock-skew')
      expect(await site.page.evaluate(() => Object.keys(localStorage))).toEqual([])
    } finally {
      await site.control.shiftClock(0)
    }
  })
})

test.each([
  [{ kind: 'status', status: 503 } as const, 'auth/tenant-unreachable'],
  [{ kind: 'html' } as const, 'auth/tenant-unreachable'],
  [{ kind: 'cut' } as const, 'auth/tenant-unreachable'],
])('names what went wrong when the exchange meets %j', async (fault, code) => {
  await startLogin()
  await site.control.addFault({ ...fault, path: '/oauth/token', method: 'POST' })
  await submitCredentials(site.page)
  expect(await shownCode()).toBe(code)
})

test('says that the application is of the wrong type when the exchange asks for a secret', async () => {
  await site.page.route('**/oauth/token', (route) =>
    route.fulfill({
      status: 401,
      headers: { 'access-control-allow-origin': '*' },
      json: { error: 'access_denied', error_description: 'Unauthorized' },
    }),
  )
  await startLogin()
  await submitCredentials(site.page)
  expect(await shownCode()).toBe('auth/exchange-refused')
})

test.each([
  'https://evil.test/',
  '//evil.test/x',
  '/\\evil.test',
  'javascript:alert(1)',
  '/callback?code=1',
  7,
])('never leaves the site for a target like %j', async (target) => {
  await startLogin()
  await site.page.goto(site.url())
  await site.page.evaluate(
    ([key, value]) => {
      const kept = JSON.parse(sessionStorage.getItem(key as string) ?? '')
      sessionStorage.setItem(key as string, JSON.stringify({ ...kept, appState: { target: value } }))
    },
    [`a0.spajs.txs.${site.clientId}`, target],
  )
  await site.page.goBack()
  await submitCredentials(site.page)
  await userLine(site.page).waitFor()
  expect(site.page.url()).toBe(site.url())
})
