import { expect, test } from 'vitest'
import { loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite({ base: '/shop/' })

const logoutRequest = async () => (await site.asked('/v2/logout'))[0]

test('ends the tenant’s session too when logging out by redirect', async () => {
  await site.login()
  await site.page.getByRole('button', { name: 'Log out', exact: true }).click()
  await loginButton(site.page).waitFor()
  expect(site.page.url()).toBe(site.url())
  await loginButton(site.page).click()
  await site.page.getByLabel('Password', { exact: true }).waitFor()
})

test('keeps the tenant’s session when logging out here only', async () => {
  await site.login()
  await site.page.getByRole('button', { name: 'Log out here only' }).click()
  await loginButton(site.page).click()
  await userLine(site.page).waitFor()
  expect(await site.asked('/v2/logout')).toEqual([])
})

test('always returns to the fixed landing, and from there to the page that was picked', async () => {
  await site.login()
  await site.page.evaluate(() => {
    const target = { pageId: 'order', params: { id: '3' }, hash: '#sum' }
    void window.session.client.logout({ mode: 'redirect', target })
  })
  await site.page.getByLabel('Email address').waitFor()
  expect(await logoutRequest()).toMatchObject({ returnTo: site.url('/logged-out') })
  await submitCredentials(site.page)
  await site.page.waitForURL(site.url('/orders/3#sum'))
})

test('lands at home when the kept page is another site’s', async () => {
  await site.page.goto(site.url())
  await site.page.evaluate(() =>
    sessionStorage.setItem('lowgate:after-logout', '{"address":"https://evil.test/"}'),
  )
  await site.page.goto(site.url('/logged-out'))
  await site.page.waitForURL(site.url())
})

test('ends the session at the identity provider too when asked to', async () => {
  await site.login()
  await site.page.evaluate(() => void window.session.client.logout({ mode: 'redirect', federated: true }))
  await loginButton(site.page).waitFor()
  expect(await logoutRequest()).toHaveProperty('federated')
})

test('leaves no token behind', async () => {
  await site.login()
  await site.page.getByRole('button', { name: 'Log out here only' }).click()
  await loginButton(site.page).waitFor()
  const kept = await site.page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))
  expect(kept.filter((key) => !key.startsWith('vue-router'))).toEqual([])
  // The browser drops a cookie a little after the page does.
  const cookies = async () => (await site.context.cookies(site.url())).map(({ name }) => name)
  await expect.poll(cookies).not.toContainEqual(expect.stringMatching(/^auth0\./))
})

test('takes the visitor home from a page that they may no longer see', async () => {
  await site.login()
  await site.page.getByRole('link', { name: 'Members' }).click()
  await site.page.getByRole('heading', { name: 'Private: members' }).waitFor()
  await site.page.getByRole('button', { name: 'Log out here only' }).click()
  await site.page.waitForURL(site.url())
  expect(await site.page.getByText('Private:').count()).toBe(0)
})

test('reaches the other tabs within five seconds', async () => {
  await site.login()
  const other = await site.context.newPage()
  await other.goto(site.url('/members'))
  await other.getByRole('heading', { name: 'Private: members' }).waitFor()
  const events = other.evaluate(
    () => new Promise((resolve) => window.session.on('logout', () => resolve('logout'))),
  )
  await site.page.getByRole('button', { name: 'Log out', exact: true }).click()
  await loginButton(other).waitFor({ timeout: 5000 })
  expect(await events).toBe('logout')
  expect(other.url()).toBe(site.url())
})

test('a login reaches the other tabs too', async () => {
  const other = await site.context.newPage()
  await other.goto(site.url())
  await other.evaluate(() => window.session.client.getUser())
  await site.login()
  await userLine(other).waitFor({ timeout: 5000 })
})
