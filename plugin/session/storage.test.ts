import { describe, expect, test } from 'vitest'
import { loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

test('stays logged in after a reload although third-party cookies are blocked', async () => {
  await site.control.blockThirdPartyCookies(true)
  await site.login()
  await site.page.reload()
  await userLine(site.page).waitFor()
  await site.page.evaluate(() => window.session.client.refreshUser())
  await userLine(site.page).waitFor()
  await site.control.blockThirdPartyCookies(false)
})

test('keeps tokens under the environment and the application', async () => {
  await site.login()
  const keys = await site.page.evaluate(() => Object.keys(localStorage))
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys)
    expect(key.startsWith(`lowgate:preview:@@auth0spajs@@::${site.clientId}`)).toBe(true)
})

describe('with site data turned off', () => {
  const blockStorage = () =>
    site.page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      }
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get: refuse })
      Object.defineProperty(document, 'cookie', { get: refuse, set: refuse })
    })

  test('a public page works', async () => {
    await blockStorage()
    await site.page.goto(site.url())
    await site.page.getByText('Everyone may read this.').waitFor()
  })

  test('a private page says what is wrong', async () => {
    await blockStorage()
    await site.page.goto(site.url('/members'))
    await site.page.getByRole('heading', { name: 'does not let the site keep a login' }).waitFor()
    expect(await site.page.getByText('Private:').count()).toBe(0)
  })

  test('a login says what is wrong', async () => {
    await blockStorage()
    await site.page.goto(site.url())
    await loginButton(site.page).click()
    await site.page.getByText('auth/storage-unavailable').waitFor()
  })
})

test('a full storage is named after the login', async () => {
  await site.page.addInitScript(() => {
    if (location.pathname !== '/callback') return
    const setItem = Storage.prototype.setItem
    Storage.prototype.setItem = function (key, value) {
      if (this === localStorage) throw new DOMException('exceeded the quota', 'QuotaExceededError')
      setItem.call(this, key, value)
    }
  })
  await site.page.goto(site.url())
  await loginButton(site.page).click()
  await submitCredentials(site.page)
  await site.page.getByRole('heading', { name: 'does not let the site keep a login' }).waitFor()
})
