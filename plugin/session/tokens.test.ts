import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { ada, claimsLine, loginButton, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

/** Makes the access token stale, as time would. */
const age = (page: Page) =>
  page.evaluate(() => {
    for (const key of Object.keys(localStorage)) {
      const entry = JSON.parse(localStorage.getItem(key) ?? '{}')
      if (entry.expiresAt) localStorage.setItem(key, JSON.stringify({ ...entry, expiresAt: 1 }))
    }
  })

const token = (page: Page, request: object = {}) =>
  page.evaluate(
    (request) => window.session.client.getAccessToken(request).catch((error) => error.code as string),
    request,
  )

/** Collects the events that the page's session raises from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    for (const event of ['login', 'logout', 'session-expired', 'error'] as const)
      window.session.on(event, () => heard.push(event))
  })
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
}

test('is answered from the cache while it is fresh', async () => {
  await site.login()
  await site.control.clearRequests()
  expect(await token(site.page)).toBe(await token(site.page))
  expect(await site.control.requests()).toEqual([])
})

test('is renewed once for everyone who waits, in three tabs', async () => {
  await site.login()
  const tabs = [site.page, await site.context.newPage(), await site.context.newPage()]
  for (const tab of tabs.slice(1)) {
    await tab.goto(site.url())
    await userLine(tab).waitFor()
  }
  await age(site.page)
  await site.control.clearRequests()
  const answers = await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(() =>
        Promise.all(Array.from({ length: 20 }, () => window.session.client.getAccessToken({}))),
      ),
    ),
  )
  expect(new Set(answers.flat()).size).toBe(1)
  expect(await site.asked('/oauth/token')).toHaveLength(1)
})

test('is renewed once for everyone who insists on a fresh one', async () => {
  await site.login()
  await site.control.clearRequests()
  const users = await site.page.evaluate(() =>
    Promise.all(Array.from({ length: 5 }, () => window.session.client.refreshUser())),
  )
  expect(users.map(({ email }) => email)).toEqual(Array(5).fill(ada.email))
  expect(await site.asked('/oauth/token')).toHaveLength(1)
})

test('rotates the refresh token', async () => {
  await site.login()
  const stored = () =>
    site.page.evaluate(() => JSON.stringify({ ...localStorage }).match(/refresh_token\W+([\w-]+)/)?.[1])
  const before = await stored()
  await token(site.page, { ignoreCache: true })
  expect(before).toBeTruthy()
  expect(await stored()).not.toBe(before)
})

describe('once the refresh token is revoked', () => {
  test('an open tab hears that the session expired, once', async () => {
    await site.login()
    const heard = await listen(site.page)
    await site.control.revokeRefreshTokens(ada.email)
    await age(site.page)
    expect(await token(site.page)).toBe('auth/session-expired')
    expect(await token(site.page)).toBe('auth/login-required')
    expect(await heard()).toEqual(['session-expired'])
    await loginButton(site.page).waitFor()
  })

  test('the other tabs hear it too, and stay on the private page they show', async () => {
    await site.login()
    const other = await site.context.newPage()
    await other.goto(site.url('/members'))
    await other.getByRole('heading', { name: 'Private: members' }).waitFor()
    const heard = await listen(other)
    await site.control.revokeRefreshTokens(ada.email)
    await age(site.page)
    await token(site.page)
    await expect.poll(heard).toEqual(['session-expired'])
    expect(other.url()).toBe(site.url('/members'))
  })

  test('a private page asks for one login', async () => {
    await site.login()
    await site.control.revokeRefreshTokens(ada.email)
    await site.control.expireSessions()
    await age(site.page)
    await site.control.clearRequests()
    await site.page.goto(site.url('/members'))
    await site.page.getByLabel('Email address').waitFor()
    expect(await site.asked('/authorize')).toHaveLength(1)
  })
})

test('whoever is not logged in gets no token but the reason, before a login and after a logout', async () => {
  await site.page.goto(site.url())
  expect(await token(site.page)).toBe('auth/login-required')
  await site.login()
  await site.page.getByRole('button', { name: 'Log out here only' }).click()
  await loginButton(site.page).waitFor()
  expect(await token(site.page)).toBe('auth/login-required')
})

test('a tenant that is down is named, and the session stays', async () => {
  await site.login()
  await age(site.page)
  await site.page.route(`${site.tenant.url}/**`, (route) => route.abort())
  expect(await token(site.page)).toBe('auth/tenant-unreachable')
  await userLine(site.page).waitFor()
})

test('refreshing the user shows a changed role without a new login', async () => {
  await site.login()
  expect(await claimsLine(site.page).textContent()).toContain('roles: Manager')
  await site.page.route('**/oauth/token', async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as { id_token: string }
    const [header, payload, signature] = body.id_token.split('.')
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
    claims['https://lowgate.example/roles'] = ['Manager', 'Director']
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url')
    await route.fulfill({ response, json: { ...body, id_token: [header, changed, signature].join('.') } })
  })
  await site.page.evaluate(() => window.session.client.refreshUser())
  await expect.poll(() => claimsLine(site.page).textContent()).toContain('roles: Manager, Director')
})

test('a refresh that races a logout does not bring the session back', async () => {
  await site.login()
  await age(site.page)
  await site.page.route('**/oauth/token', async (route) => {
    const response = await route.fetch()
    await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
    await route.fulfill({ response })
  })
  expect(await token(site.page)).toBe('auth/login-required')
  await loginButton(site.page).waitFor()
  expect(await site.page.evaluate(() => Object.keys(localStorage))).toEqual([])
})

/** Leaves the page for the tenant, so nothing is waited for. */
const switchOrganization = (organization: string) =>
  site.page.evaluate((request) => void window.session.client.switchOrganization(request), { organization })

const expectOrganization = (name: string) =>
  expect
    .poll(() =>
      claimsLine(site.page)
        .textContent()
        .catch(() => ''),
    )
    .toContain(`organization: ${name}`)

test('switches the organization by a local logout and a login to the other', async () => {
  await site.login()
  await switchOrganization('org_acmeNorth0000001')
  await expectOrganization('acme-north')
  await switchOrganization('acme-south')
  await expectOrganization('acme-south')
})

test('has a mail sent for a new password', async () => {
  await site.page.goto(site.url())
  const connection = 'Username-Password-Authentication'
  await site.page.evaluate((request) => window.session.client.changePassword(request), {
    email: ada.email,
    connection,
  })
  expect(await site.control.mails()).toMatchObject([{ to: ada.email }])
  const refused = await site.page.evaluate(
    (email) =>
      window.session.client
        .changePassword({ email, connection: 'acme-staff' })
        .catch((error) => error.code as string),
    ada.email,
  )
  expect(refused).toBe('auth/change-refused')
})

test('an organization of one login does not leak into the next', async () => {
  await site.login()
  await switchOrganization('org_acmeNorth0000001')
  await expectOrganization('acme-north')
  await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
  await site.control.clearRequests()
  await loginButton(site.page).click()
  await userLine(site.page).waitFor()
  expect((await site.asked('/authorize'))[0]).not.toHaveProperty('organization')
  expect(await claimsLine(site.page).textContent()).toContain('organization: none')
})

test('a token of one organization is not handed out in another', async () => {
  await site.login()
  const scope = 'read:orders'
  await site.page.evaluate((scope) => {
    void window.session.client.loginWithRedirect({ scope, organization: 'acme-north' })
  }, scope)
  await expectOrganization('acme-north')
  const north = await token(site.page, { scope })
  await site.page.evaluate(() => {
    void window.session.client.loginWithRedirect({ organization: 'acme-south' })
  })
  await expectOrganization('acme-south')
  expect(await token(site.page, { scope })).not.toBe(north)
})
