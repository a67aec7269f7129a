import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { ada, ben, claimsLine, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

const openPrivate = async (page: Page, path: string, name: string) => {
  await page.goto(site.url(path))
  await page.getByRole('heading', { name: `Private: ${name}` }).waitFor()
}

/** Has the site's pages note that private text was shown, however briefly, before the visitor went elsewhere. */
const notePrivateText = (page: Page) =>
  page.addInitScript(() => {
    const note = () =>
      void (document.body?.textContent.includes('Private:') && sessionStorage.setItem('private text', 'seen'))
    new MutationObserver(note).observe(document, { childList: true, subtree: true })
  })

const takeNote = (page: Page) =>
  page.evaluate(() => {
    const note = sessionStorage.getItem('private text')
    sessionStorage.removeItem('private text')
    return note
  })

/** Logs in as somebody else in a tab of its own. */
async function loginElsewhere(user: typeof ben) {
  const other = await site.context.newPage()
  await other.goto(site.url())
  await other.evaluate(() => void window.session.client.loginWithRedirect({ prompt: 'login' }))
  await submitCredentials(other, user)
  await userLine(other).filter({ hasText: user.email }).waitFor()
}

describe('somebody else logs in in another tab:', () => {
  test('a page that they may not see leaves the screen', async () => {
    await site.login(ada)
    await openPrivate(site.page, '/managers', 'managers')
    await loginElsewhere(ben)
    await site.page.waitForURL(site.url())
    await userLine(site.page).filter({ hasText: ben.email }).waitFor()
    expect(await site.page.getByText('Private:').count()).toBe(0)
  })

  test('a page that they may see stays, with their name and their token', async () => {
    await site.login(ada)
    await openPrivate(site.page, '/members', 'members')
    await loginElsewhere(ben)
    await userLine(site.page).filter({ hasText: ben.email }).waitFor()
    expect(await claimsLine(site.page).textContent()).toContain('roles: Reader')
    expect(site.page.url()).toBe(site.url('/members'))
    const token = await site.page.evaluate(() => window.session.client.getAccessToken({}))
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${site.tenant.url}/userinfo`, { headers })
    expect(await answer.json()).toMatchObject({ email: ben.email })
  })
})

test('a tab that hears of a login before all of it is in storage waits for the rest', async () => {
  await site.login(ada)
  await openPrivate(site.page, '/members', 'members')
  const other = await site.context.newPage()
  await other.goto(site.url())
  await other.evaluate(async (name) => {
    const kept = Object.entries({ ...localStorage })
    localStorage.clear()
    new BroadcastChannel(name).postMessage('login')
    await new Promise((done) => setTimeout(done, 300))
    for (const [key, value] of kept)
      localStorage.setItem(key, value.replace(/"access_token":"[^"]*"/, '"access_token":"renewed"'))
  }, `lowgate:preview:${site.clientId}`)
  await userLine(site.page).filter({ hasText: ada.email }).waitFor()
  expect(site.page.url()).toBe(site.url('/members'))
})

test('two people log in in two tabs at the same time: both succeed, and the later one is logged in', async () => {
  const other = await site.context.newPage()
  for (const page of [site.page, other]) {
    await page.goto(site.url('/members'))
    await page.getByLabel('Email address').waitFor()
  }
  await submitCredentials(other, ben)
  await userLine(other).waitFor()
  await submitCredentials(site.page, ada)
  for (const page of [site.page, other]) await userLine(page).filter({ hasText: ada.email }).waitFor()
})

test('a logout reaches a tab whose address the page itself has changed', async () => {
  await site.login()
  await openPrivate(site.page, '/members', 'members')
  await site.page.evaluate(() => history.replaceState(history.state, '', '?sort=name#second'))
  const other = await site.context.newPage()
  await other.goto(site.url())
  await other.getByRole('button', { name: 'Log out here only' }).click()
  await site.page.waitForURL(site.url())
  expect(await site.page.getByText('Private:').count()).toBe(0)
})

test('a login that ends while another tab logs out wins, in both', async () => {
  await site.login(ada)
  const other = await site.context.newPage()
  await other.goto(site.url())
  await other.evaluate(() => void window.session.client.loginWithRedirect({ prompt: 'login' }))
  await other.getByLabel('Email address').waitFor()
  await site.control.addFault({ kind: 'delay', path: '/oauth/token', method: 'POST', seconds: 1, times: 1 })
  await submitCredentials(other, ben)
  await other.waitForURL(/\/callback/)
  await site.page.getByRole('button', { name: 'Log out here only' }).click()
  await loginButton(site.page).waitFor()
  for (const page of [other, site.page]) await userLine(page).filter({ hasText: ben.email }).waitFor()
})

describe.each(['localstorage', 'memory'] as const)(
  'a public page without a session, tokens in %s,',
  (storage) => {
    test('follows a login in another tab, and the logout after it', async () => {
      await site.change({ storage })
      const other = await site.context.newPage()
      const loaded: string[] = []
      other.on('request', (request) => loaded.push(request.url()))
      await other.addInitScript((storage) => {
        let served: typeof window.playground
        Object.defineProperty(window, 'playground', {
          get: () => served,
          set: ({ settings, ...rest }: typeof window.playground) =>
            (served = { ...rest, settings: { ...settings, storage } }),
        })
      }, storage)
      await other.goto(site.url(), { waitUntil: 'networkidle' })
      expect(loaded.filter((url) => url.includes('engine'))).toEqual([])
      await site.login(ada)
      await userLine(other).filter({ hasText: ada.email }).waitFor()
      await site.page.getByRole('button', { name: 'Log out here only' }).click()
      await loginButton(other).waitFor()
    })
  },
)

test('a page that waits for logins ends no session when it hears of one before storage does', async () => {
  const other = await site.context.newPage()
  await other.addInitScript(() => {
    const { getItem } = Storage.prototype
    let looks = 0
    // As browsers hand storage on between tabs: late.
    Storage.prototype.getItem = function (name) {
      const value = getItem.call(this, name)
      return value && name.includes('auth0spajs') && ++looks < 20 ? null : value
    }
  })
  await other.goto(site.url(), { waitUntil: 'networkidle' })
  await site.login(ada)
  await userLine(other).filter({ hasText: ada.email }).waitFor()
  await site.page.reload()
  await userLine(site.page).waitFor()
})

describe('when the cookie that tells of a session is gone', () => {
  test('a public page says what a private one would: the visitor is logged in', async () => {
    await site.login()
    await site.context.clearCookies()
    await site.page.goto(site.url())
    await userLine(site.page).waitFor()
  })

  test('a public page says so once the tokens are over: nobody is logged in', async () => {
    await site.login()
    await site.control.revokeRefreshTokens(ada.email)
    await site.context.clearCookies()
    await site.page.goto(site.url())
    await loginButton(site.page).waitFor()
    await expect.poll(() => site.page.evaluate(() => Object.keys(localStorage))).toEqual([])
  })

  test('the tenant is asked before a private page shows, and the visitor stays logged in', async () => {
    await site.login()
    await site.context.clearCookies()
    await openPrivate(site.page, '/members', 'members')
    await site.page.goto(site.url())
    await userLine(site.page).waitFor()
  })

  test('in memory nothing is kept: every page says that nobody is logged in, and a private one asks for a login', async () => {
    await site.change({ storage: 'memory' })
    await site.login()
    await site.context.clearCookies({ domain: new URL(site.url()).hostname })
    await site.page.goto(site.url())
    await loginButton(site.page).waitFor()
    await openPrivate(site.page, '/members', 'members')
    await site.page.goto(site.url())
    await userLine(site.page).waitFor()
  })

  test('tokens that are over let nobody in', async () => {
    await site.login()
    await notePrivateText(site.page)
    await openPrivate(site.page, '/members', 'members')
    expect(await takeNote(site.page)).toBe('seen')
    await site.control.revokeRefreshTokens(ada.email)
    await site.context.clearCookies()
    await site.page.goto(site.url('/members'))
    await site.page.getByLabel('Email address').waitFor()
    await site.page.goto(site.url())
    expect(await takeNote(site.page)).toBeNull()
  })
})

test('a logout in another tab takes along a private page that was let in and is still on its way', async () => {
  await site.login(ada)
  await site.page.goto(site.url())
  await userLine(site.page).waitFor()
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await site.page.route('**/Private*', async (route) => {
    await held
    await route.continue()
  })
  const asked = site.page.waitForRequest('**/Private*')
  await site.page.getByRole('link', { name: 'Members' }).click()
  await asked
  const other = await site.context.newPage()
  await other.goto(site.url())
  await other.getByRole('button', { name: 'Log out here only' }).click()
  await loginButton(site.page).waitFor()
  const arrived = site.page.waitForResponse('**/Private*')
  release()
  await arrived
  await expect.poll(() => site.page.getByText('Private:').count()).toBe(0)
  await site.page.waitForTimeout(1_000)
  expect(await site.page.getByText('Private:').count()).toBe(0)
  expect(site.page.url()).toBe(site.url())
})
