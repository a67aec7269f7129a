import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { ada, ben, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite({
  settings: {
    rolesClaim: 'https://lowgate.example/roles',
    permissionsClaim: 'https://lowgate.example/roles',
  },
})

/** Collects everything private that is ever in the document, from the first moment of every page load. */
async function watch(page: Page): Promise<string[]> {
  const seen: string[] = []
  await page.exposeFunction('reportPrivate', (text: string) => seen.push(text))
  await page.addInitScript(() => {
    const { reportPrivate } = window as unknown as { reportPrivate(text: string): void }
    new MutationObserver(() => {
      const text = document.body?.textContent ?? ''
      if (text.includes('Private:')) reportPrivate(text)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
  return seen
}

const code = (page: Page) => page.evaluate(() => window.session.state.error?.code)

describe('before the decision', () => {
  test('nothing private is rendered, put in the DOM or fetched on a cold load', async () => {
    const seen = await watch(site.page)
    const fetched: string[] = []
    site.page.on('request', (request) => fetched.push(request.url()))
    await site.page.goto(site.url('/members'))
    await site.page.getByLabel('Email address').waitFor()
    expect(seen).toEqual([])
    expect(fetched.filter((url) => url.includes('Private'))).toEqual([])
  })

  test('nothing private is shown while a session is being looked for', async () => {
    await site.login(ben)
    await site.control.addFault({ kind: 'delay', path: '/oauth/token', method: 'POST', seconds: 1, times: 1 })
    await site.page.evaluate(() => {
      for (const key of Object.keys(localStorage)) {
        const entry = JSON.parse(localStorage.getItem(key) ?? '{}')
        if (entry.expiresAt) localStorage.setItem(key, JSON.stringify({ ...entry, expiresAt: 1 }))
      }
    })
    const seen = await watch(site.page)
    await site.page.goto(site.url('/managers'))
    await site.page.getByRole('heading', { name: 'You may not see this page' }).waitFor()
    expect(seen).toEqual([])
  })
})

describe('asks for a login', () => {
  test('and comes back to the address that was asked for', async () => {
    await site.page.goto(site.url('/members?a=1&c=d#e'))
    await submitCredentials(site.page)
    await site.page.getByRole('heading', { name: 'Private: members' }).waitFor()
    expect(site.page.url()).toBe(site.url('/members?a=1&c=d#e'))
  })

  test('also when the page is reached by a link inside the site', async () => {
    await site.page.goto(site.url())
    await site.page.getByRole('link', { name: 'Members' }).click()
    await submitCredentials(site.page)
    await site.page.getByRole('heading', { name: 'Private: members' }).waitFor()
  })
})

test('a page for everyone inside a private one asks for a login all the same', async () => {
  const seen = await watch(site.page)
  await site.page.goto(site.url('/team/plan'))
  await site.page.getByLabel('Email address').waitFor()
  expect(seen).toEqual([])
  await submitCredentials(site.page)
  await site.page.getByRole('heading', { name: 'Private: plan' }).waitFor()
})

test('the callback is not a page, though every other address is a private one', async () => {
  await site.page.goto(site.url('/no/such/page'))
  await submitCredentials(site.page)
  await site.page.getByRole('heading', { name: 'Private: missing' }).waitFor()
  expect(site.page.url()).toBe(site.url('/no/such/page'))
  expect(await site.asked('/oauth/token')).toHaveLength(1)
})

describe('lets in', () => {
  test.each([
    ['/managers', ada, 'Private: managers'],
    ['/orders/7', ada, 'You may not see this page.'],
    ['/managers', ben, 'You may not see this page.'],
    ['/north', ada, 'Private: north'],
  ])('%s for %o: %s', async (path, user, heading) => {
    await site.page.goto(site.url(path))
    await submitCredentials(site.page, user)
    await site.page.getByRole('heading', { name: heading }).waitFor()
    expect(site.page.url()).toBe(site.url(path))
  })

  test('who is logged in to the organization', async () => {
    await site.login()
    await site.page.evaluate(() => {
      void window.session.client.switchOrganization({
        organization: 'acme-north',
        target: { pageId: 'north' },
      })
    })
    await site.page.getByRole('heading', { name: 'Private: north' }).waitFor()
  })

  test('who logs in with another account', async () => {
    await site.page.goto(site.url('/managers'))
    await submitCredentials(site.page, ben)
    await site.page.getByRole('button', { name: 'Log in with another account' }).click()
    await submitCredentials(site.page, ada)
    await site.page.getByRole('heading', { name: 'Private: managers' }).waitFor()
  })
})

test('lets a returning visitor in at once, on a cold load', async () => {
  await site.login()
  await site.control.clearRequests()
  await site.page.goto(site.url('/managers'))
  await site.page.getByRole('heading', { name: 'Private: managers' }).waitFor()
  expect(await site.control.requests()).toEqual([])
})

test('decides without the tenant once the session is known', async () => {
  await site.login()
  await site.control.clearRequests()
  await site.page.getByRole('link', { name: 'Managers' }).click()
  await site.page.getByRole('heading', { name: 'Private: managers' }).waitFor()
  expect(await site.control.requests()).toEqual([])
})

describe('with pages of the project for it', () => {
  test('shows the login page, and leads from there to the address that was asked for', async () => {
    await site.change({ loginPage: { pageId: 'home' } })
    await site.page.goto(site.url('/members?a=1#b'))
    await site.page.waitForURL(site.url())
    await loginButton(site.page).click()
    await submitCredentials(site.page)
    await site.page.waitForURL(site.url('/members?a=1#b'))
  })

  test('leads there after a login in a window too', async () => {
    await site.change({ loginPage: { pageId: 'home' } })
    await site.page.goto(site.url('/members'))
    await site.page.waitForURL(site.url())
    const opened = site.page.waitForEvent('popup')
    await site.page.evaluate(() => void window.session.client.loginWithPopup({}))
    await submitCredentials(await opened)
    await site.page.waitForURL(site.url('/members'))
  })

  test('shows the denied page', async () => {
    await site.change({ deniedPage: { pageId: 'home', query: { denied: 'yes' } } })
    await site.page.goto(site.url('/managers'))
    await submitCredentials(site.page, ben)
    await site.page.waitForURL(site.url('/?denied=yes'))
  })

  test.each([
    ['login page', { loginPage: { pageId: 'members' } }],
    ['login page that other guards lead away from', { loginPage: { pageId: 'managers' } }],
  ])('stops the fourth redirect at a private %s, and shows the trace', async (_, settings) => {
    await site.change(settings)
    await site.page.goto(site.url('/members'))
    await site.page.getByRole('heading', { name: 'Logging in keeps leading back' }).waitFor()
    const steps = await site.page.getByRole('listitem').allTextContents()
    expect(steps).toHaveLength(4)
    expect(steps[0]).toBe('0.0 s: /members asks for a login')
    expect(await code(site.page)).toBe('auth/redirect-loop')
    expect(await site.asked('/authorize')).toEqual([])
  })

  test('stops when the denied page refuses the visitor as well', async () => {
    await site.login(ben)
    await site.change({ deniedPage: { pageId: 'managers' } })
    await site.page.goto(site.url('/managers'))
    await site.page.getByRole('heading', { name: 'Logging in keeps leading back' }).waitFor()
  })
})

describe('while the tenant is down', () => {
  test('a private page shows to a visitor who is known here, and says so where it needs a token', async () => {
    await site.login()
    await site.page.evaluate(() => {
      for (const [key, value] of Object.entries({ ...localStorage }))
        localStorage.setItem(key, value.replace(/"expiresAt":\d+/, '"expiresAt":1'))
    })
    await site.page.route(`${site.tenant.url}/**`, (route) => route.abort())
    await site.page.goto(site.url('/members'))
    await site.page.getByRole('heading', { name: 'Private: members' }).waitFor()
    const asked = () =>
      site.page.evaluate(() =>
        window.session.client.getAccessToken({}).then(
          () => 'answered',
          (error) => error.code as string,
        ),
      )
    expect(await asked()).toBe('auth/tenant-unreachable')
    await site.page.unroute(`${site.tenant.url}/**`)
    expect(await asked()).toBe('answered')
  })

  test('public pages show', async () => {
    await site.login()
    await site.page.evaluate(() => localStorage.clear())
    await site.page.route(`${site.tenant.url}/**`, (route) => route.abort())
    await site.page.goto(site.url())
    await site.page.getByText('Everyone may read this.').waitFor()
    expect(await userLine(site.page).count()).toBe(0)
  })
})

test('an environment without a connection shows public pages and explains private ones', async () => {
  await site.page.route(site.url('/**'), async (route) => {
    // Node may not know that names under `localhost` are this machine.
    const url = route.request().url().replace('playground.localhost', '127.0.0.1')
    const response = await route.fetch({ url })
    const isPage = response.headers()['content-type'] === 'text/html'
    const body = await response.text()
    await route.fulfill({ response, body: isPage ? body.replace('"preview":{', '"staging0":{') : body })
  })
  await site.page.goto(site.url())
  await site.page.getByText('Everyone may read this.').waitFor()
  await site.page.goto(site.url('/members'))
  await site.page.getByRole('heading', { name: 'Login is not set up for this site yet.' }).waitFor()
})
