import { describe, expect, test } from 'vitest'
import { ada, ben, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

test('logs in by redirect, comes back to the page, and takes the query off the address', async () => {
  const { page } = site
  await page.goto(site.url('/?a=1#b'))
  await loginButton(page).click()
  await submitCredentials(page)
  await userLine(page).waitFor()
  expect(await userLine(page).textContent()).toBe(`${ada.name} · ${ada.email}`)
  expect(page.url()).toBe(site.url('/?a=1#b'))
})

test('stays logged in after a reload, without asking the tenant', async () => {
  await site.login()
  await site.control.clearRequests()
  await site.page.reload()
  await userLine(site.page).waitFor()
  expect(await site.control.requests()).toEqual([])
})

test('loads nothing of the SDK for a visitor without a session', async () => {
  const loaded: string[] = []
  site.page.on('request', (request) => loaded.push(request.url()))
  await site.page.goto(site.url(), { waitUntil: 'networkidle' })
  await loginButton(site.page).waitFor()
  expect(loaded.filter((url) => url.includes('engine'))).toEqual([])
})

describe('sends to the tenant', () => {
  /** Starts a login and answers what the tenant was asked. */
  async function authorizeWith(request: object, path = '/') {
    await site.page.goto(site.url(path))
    // Answered here, so that the test does not close the page in the middle of a navigation.
    await site.page.route(`${site.tenant.url}/authorize?*`, (route) => route.fulfill({ body: 'asked' }))
    const sent = site.page.waitForRequest((asked) => asked.url().startsWith(`${site.tenant.url}/authorize?`))
    await site.page.evaluate((login) => void window.session.client.loginWithRedirect(login), request)
    return Object.fromEntries(new URL((await sent).url()).searchParams)
  }

  test.each([
    ['the sign-up screen', { screenHint: 'signup' }, { screen_hint: 'signup' }],
    ['an identity provider', { connection: 'acme-staff' }, { connection: 'acme-staff' }],
    [
      'an organization by id',
      { organization: 'org_acmeNorth0000001' },
      { organization: 'org_acmeNorth0000001' },
    ],
    [
      'an organization by name, in lower case',
      { organization: 'Acme-North' },
      { organization: 'acme-north' },
    ],
    ['a login hint', { loginHint: ada.email }, { login_hint: ada.email }],
    [
      'more scopes after the usual ones',
      { scope: 'read:orders' },
      { scope: 'openid profile email offline_access read:orders' },
    ],
    ['a prompt', { prompt: 'login' }, { prompt: 'login' }],
    ['a maximum age of nothing', { maxAge: 0 }, { max_age: '0' }],
    ['a language', { uiLocales: 'fr en' }, { ui_locales: 'fr en' }],
    ['an audience', { audience: 'https://api.acme.example' }, { audience: 'https://api.acme.example' }],
    [
      'a wish for a second factor',
      { stepUp: true },
      { acr_values: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor' },
    ],
  ])('%s', async (_, request, expected) => {
    expect(await authorizeWith(request)).toMatchObject(expected)
  })

  test('nothing that was not asked for', async () => {
    const query = await authorizeWith({})
    expect(Object.keys(query).sort()).toEqual(
      [
        ...['auth0Client', 'client_id', 'code_challenge', 'code_challenge_method', 'nonce', 'redirect_uri'],
        ...['response_mode', 'response_type', 'scope', 'state'],
      ].sort(),
    )
  })

  test('the invitation in the page’s address, with its organization', async () => {
    const link = '/?invitation=ticket-1&organization=org_acmeNorth0000001&organization_name=acme-north'
    expect(await authorizeWith({}, link)).toMatchObject({
      invitation: 'ticket-1',
      organization: 'org_acmeNorth0000001',
    })
  })
})

test('comes back to a private redirect page, with parameters, query and hash', async () => {
  const { page } = site
  await page.goto(site.url())
  const target = { pageId: 'order', params: { id: '9' }, query: { tab: 'lines' }, hash: 'total' }
  await page.evaluate((target) => void window.session.client.loginWithRedirect({ target }), target)
  await submitCredentials(page, ben)
  await page.waitForURL(site.url('/orders/9?tab=lines#total'))
})

test('says that a redirect page is missing before leaving the page', async () => {
  await site.page.goto(site.url())
  const code = await site.page.evaluate(() =>
    window.session.client.loginWithRedirect({ target: { pageId: 'gone' } }).catch((error) => error.code),
  )
  expect(code).toBe('config/page-missing')
  expect(await site.asked('/authorize')).toEqual([])
})

test('logs in two tabs at the same time', async () => {
  const other = await site.context.newPage()
  for (const page of [site.page, other]) {
    await page.goto(site.url())
    await loginButton(page).click()
    await page.getByLabel('Email address').waitFor()
  }
  await submitCredentials(other)
  await userLine(other).waitFor()
  await submitCredentials(site.page)
  await userLine(site.page).waitFor()
})

test('says that it cannot log in inside a frame', async () => {
  const { page } = site
  await page.goto(site.url())
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src, width: 600, height: 400 }))
  }, site.url('/members'))
  const frame = page.frameLocator('iframe')
  await frame
    .getByRole('heading', { name: 'cannot log you in while it is shown inside another page' })
    .waitFor()
  expect(await frame.getByRole('link', { name: 'Open in a new window' }).getAttribute('href')).toBe(
    site.url('/members'),
  )
  expect(await site.asked('/authorize')).toEqual([])
})

test('a switch of organization inside a frame is refused, and the session stays', async () => {
  const { page } = site
  await site.login()
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src, width: 600, height: 400 }))
  }, site.url())
  await page.frameLocator('iframe').locator('[data-part=user]').waitFor()
  const [, frame] = page.frames()
  const code = await frame?.evaluate(() =>
    window.session.client.switchOrganization({ organization: 'acme-north' }).catch((error) => error.code),
  )
  expect(code).toBe('auth/framed')
  expect(await site.asked('/oauth/revoke')).toEqual([])
  await page.reload()
  await userLine(page).waitFor()
})
