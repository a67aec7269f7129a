import { chromium, type Page } from '@playwright/test'
import { expect, inject, test } from 'vitest'
import { ada, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

/** Starts a login in a window and answers what came of it. */
async function login(page: Page, request: object = {}) {
  const opened = page.waitForEvent('popup')
  const outcome = page.evaluate(
    (login) =>
      window.session.client.loginWithPopup(login).then(
        (user) => user.email,
        (error) => error.code as string,
      ),
    request,
  )
  return { popup: await opened, outcome }
}

test('logs in while the page stays, and answers the user', async () => {
  await site.page.goto(site.url('/?kept=1'))
  const { popup, outcome } = await login(site.page, { screenHint: 'login', scope: 'read:orders' })
  await submitCredentials(popup)
  expect(await outcome).toBe(ada.email)
  await userLine(site.page).waitFor()
  expect(site.page.url()).toBe(site.url('/?kept=1'))
})

test('goes to a page afterwards when told so', async () => {
  await site.page.goto(site.url())
  const { popup, outcome } = await login(site.page, { target: { pageId: 'members' } })
  await submitCredentials(popup)
  await outcome
  await site.page.waitForURL(site.url('/members'))
})

test('stays on the page that the visitor went to meanwhile', async () => {
  await site.page.goto(site.url('/?kept=1'))
  const { popup, outcome } = await login(site.page)
  await popup.getByLabel('Email address').waitFor()
  await site.page.getByRole('link', { name: 'Home' }).click()
  await site.page.waitForURL(site.url())
  await submitCredentials(popup)
  expect(await outcome).toBe(ada.email)
  expect(site.page.url()).toBe(site.url())
})

test('leaves no window behind when its page is gone', async () => {
  await site.page.goto(site.url())
  const { popup, outcome } = await login(site.page)
  outcome.catch(() => undefined)
  await popup.getByLabel('Email address').waitFor()
  await site.page.reload()
  await expect.poll(() => popup.isClosed()).toBe(true)
  await loginButton(site.page).waitFor()
})

test('a closed window is one outcome, and the next try works', async () => {
  await site.page.goto(site.url())
  const first = await login(site.page)
  await first.popup.close()
  expect(await first.outcome).toBe('auth/popup-closed')
  const second = await login(site.page)
  await submitCredentials(second.popup)
  expect(await second.outcome).toBe(ada.email)
  expect(await site.page.evaluate(() => window.session.state.error)).toBeUndefined()
})

test('a window in which nobody finishes is another', async () => {
  await site.page.clock.install()
  await site.page.goto(site.url())
  const { popup, outcome } = await login(site.page)
  await popup.getByLabel('Email address').waitFor()
  await site.page.clock.fastForward('05:01')
  expect(await outcome).toBe('auth/popup-timeout')
  await expect.poll(() => popup.isClosed()).toBe(true)
})

test('a refused login closes the window and names the reason', async () => {
  await site.control.denyNextLogin()
  await site.page.goto(site.url())
  const { popup, outcome } = await login(site.page)
  await submitCredentials(popup)
  expect(await outcome).toBe('auth/access-denied')
})

test('a window that the browser blocks is a third', async () => {
  const browser = await chromium.launch({
    ...inject('browserOptions'),
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(site.url())
    const devtools = await page.context().newCDPSession(page)
    const { result } = await devtools.send('Runtime.evaluate', {
      expression: 'session.client.loginWithPopup({}).catch((error) => error.code)',
      awaitPromise: true,
      userGesture: false,
    })
    expect(result.value).toBe('auth/popup-blocked')
  } finally {
    await browser.close()
  }
})
