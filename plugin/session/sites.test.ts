import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { ada, ben, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

/** A page of one of several sites that share the origin, the tenant and the application. */
async function pageOf(name: string): Promise<Page> {
  const page = await site.context.newPage()
  await page.addInitScript((name) => {
    let served: typeof window.playground
    Object.defineProperty(window, 'playground', {
      get: () => served,
      set: (value: typeof window.playground) => (served = { ...value, site: name }),
    })
  }, name)
  await page.goto(site.url())
  return page
}

async function login(page: Page, user = ada) {
  await page.evaluate(() => void window.session.client.loginWithRedirect({ prompt: 'login' }))
  await submitCredentials(page, user)
  await userLine(page).filter({ hasText: user.email }).waitFor()
}

/** The name of everything that the browser keeps for the origin. */
const namesIn = async (page: Page) => [
  ...(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).filter(
    (name) => !name.startsWith('vue-router:'),
  ),
  ...(await site.context.cookies(site.url()))
    .map(({ name }) => name)
    .filter((name) => /^(auth0\W|a0)/.test(name)),
]

test('a site sees nothing of the session of another one on its origin', async () => {
  await login(await pageOf('first'))
  const other = await pageOf('second')
  expect(await other.evaluate(() => window.session.client.getUser())).toBeUndefined()
  await loginButton(other).waitFor()
  const plain = await pageOf('')
  expect(await plain.evaluate(() => window.session.client.getUser())).toBeUndefined()
})

test('its name is in everything that the browser keeps, during a login and after it', async () => {
  const page = await pageOf('first')
  await page.goto(site.url('/members'))
  await page.getByLabel('Email address').waitFor()
  // The login under way is kept for this tab, where only the site reads it.
  await page.goto(site.url('/logged-out'))
  const during = await namesIn(page)
  expect(during).toContain(`a0.spajs.txs~first.${site.clientId}`)
  await login(page)
  const after = await namesIn(page)
  expect(after).toContain(`auth0~first.${site.clientId}.is.authenticated`)
  expect(
    [...during, ...after].filter((name) => !/^(lowgate|auth0|a0\.spajs\.txs)~first[.:]/.test(name)),
  ).toEqual([])
})

test('logins and logouts of one site do not affect the others', async () => {
  const first = await pageOf('first')
  const second = await pageOf('second')
  await login(first, ada)
  await login(second, ben)
  await userLine(first).filter({ hasText: ada.email }).waitFor()
  await second.evaluate(() => window.session.client.logout({ mode: 'local' }))
  await first.reload()
  await userLine(first).filter({ hasText: ada.email }).waitFor()
  await first.evaluate(() => window.session.client.refreshUser())
  await loginButton(second).waitFor()
})

test('tabs of one site still follow each other', async () => {
  const [one, other] = [await pageOf('first'), await pageOf('first')]
  await other.evaluate(() => window.session.client.getUser())
  await login(one)
  await userLine(other).filter({ hasText: ada.email }).waitFor()
})
