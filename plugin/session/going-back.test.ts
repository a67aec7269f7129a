import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

// Outside of tests browsers keep a page that is left, and show it again as it was when the visitor goes back.
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await chromium.launch({
    ...inject('browserOptions'),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
})
afterAll(() => browser.close())

/** The browser loaded the page again: it keeps none when memory is short, for instance. */
class NotKept extends Error {}

/** Settles once a page is shown that was gone back to: with nothing if it was kept, else with the browser's reasons. */
let shownAgain: Promise<string | undefined>

/** A test that goes back to a page the browser kept, with three tries for it to keep the page. */
function testKept(title: string, act: () => Promise<void>): void {
  test(title, async () => {
    for (let tries = 3; ; tries--) {
      const context = await browser.newContext()
      page = await context.newPage()
      let tell: (reasons?: string) => void = () => undefined
      shownAgain = new Promise((resolve) => (tell = resolve))
      await page.exposeFunction('tellShownAgain', tell)
      await page.addInitScript(watch)
      try {
        return await act()
      } catch (error) {
        if (!(error instanceof NotKept) || tries === 1) throw error
      } finally {
        await context.close()
      }
    }
  })
}

type Watched = Window & { tellShownAgain(reasons?: string): void; seen?: string[] }
type Navigation = PerformanceNavigationTiming & { notRestoredReasons?: unknown }

/** In the page: tells when it is shown again, and notes all that it shows from then on. */
function watch() {
  const page = window as unknown as Watched
  const [loaded] = performance.getEntriesByType('navigation') as Navigation[]
  if (loaded?.type === 'back_forward') page.tellShownAgain(`${JSON.stringify(loaded.notRestoredReasons)}`)
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    const seen: string[] = (page.seen = [])
    const look = () => {
      seen.push(document.body.innerText)
      requestAnimationFrame(look)
    }
    look()
    page.tellShownAgain()
  })
}

/**
 * Goes back to a page that was kept; answers what it has shown at any moment since.
 *
 * @throws NotKept with the browser's reasons
 * @see https://developer.mozilla.org/docs/Web/API/PerformanceNavigationTiming/notRestoredReasons
 */
async function goBack(): Promise<() => Promise<string>> {
  // Not at once: the way back would cut off the answer.
  await page.evaluate(() => void setTimeout(() => history.back()))
  const reasons = await shownAgain
  if (reasons !== undefined) throw new NotKept(`The browser did not keep the page: ${reasons}`)
  return () => page.evaluate(() => (window as unknown as Watched).seen?.join() ?? '')
}

async function openMembers() {
  await page.goto(site.url('/members'))
  await page.getByLabel('Email address').waitFor()
}

testKept('after a logout shows nothing of a private page', async () => {
  await openMembers()
  await submitCredentials(page)
  await page.getByRole('heading', { name: 'Private: members' }).waitFor()
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await loginButton(page).waitFor()
  const seen = await goBack()
  await expect.poll(() => page.url()).toBe(site.url())
  await page.getByText('Everyone may read this.').waitFor()
  expect(await seen()).not.toContain('Private:')
})

describe('to a page that was kept while another tab', () => {
  /** Leaves the page, lets `act` happen in another tab that this one hears nothing of, and goes back. */
  async function goBackAfter(act: (other: Page) => Promise<unknown>) {
    await page.goto(`${site.tenant.url}/.well-known/jwks.json`)
    const other = await page.context().newPage()
    await other.addInitScript(() => (BroadcastChannel.prototype.postMessage = () => undefined))
    await other.goto(site.url())
    await act(other)
    await goBack()
  }

  testKept('logged out, shows it', async () => {
    await openMembers()
    await submitCredentials(page)
    await page.getByRole('heading', { name: 'Private: members' }).waitFor()
    await goBackAfter((other) => other.getByRole('button', { name: 'Log out here only' }).click())
    await expect.poll(() => page.url()).toBe(site.url())
    await loginButton(page).waitFor()
  })

  testKept('logged in, shows it', async () => {
    await page.goto(site.url())
    await page.evaluate(() => window.session.client.getUser())
    await goBackAfter(async (other) => {
      await loginButton(other).click()
      await submitCredentials(other)
      await userLine(other).waitFor()
    })
    await userLine(page).waitFor()
  })
})

testKept('from the login page to the private page that asked for it does not show a blank page', async () => {
  await openMembers()
  await goBack()
  await page.getByRole('heading', { name: 'You need to log in' }).waitFor()
  await page.getByRole('button', { name: 'Log in' }).last().click()
  await submitCredentials(page)
  await page.getByRole('heading', { name: 'Private: members' }).waitFor()
})

testKept('from the login page to the page whose link asked for it leaves every link working', async () => {
  await page.goto(site.url())
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByLabel('Email address').waitFor()
  await goBack()
  await page.getByText('Everyone may read this.').waitFor()
  await page.getByRole('link', { name: 'Members' }).click()
  await submitCredentials(page)
  await page.getByRole('heading', { name: 'Private: members' }).waitFor()
})
