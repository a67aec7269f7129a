import { chromium, type Browser, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()

// Outside of tests browsers keep a page that is left, and show it again as it was when the visitor goes back.
let browser: Browser
let page: Page
beforeAll(async () => {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  browser = await chromium.launch({
    ...(existsSync(path) && { executablePath: path }),
    args: ['--no-sandbox'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
})
afterAll(() => browser.close())
beforeEach(async () => {
  page = await (await browser.newContext()).newPage()
  await page.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) => {
      const seen: string[] = []
      const look = () => {
        seen.push(document.body.innerText)
        requestAnimationFrame(look)
      }
      if (!persisted) return
      Object.assign(window, { seen })
      look()
    })
  })
})
afterEach(() => page.context().close())

/** Goes back to a page that was kept; answers what it has shown at any moment since. */
async function goBack(): Promise<() => Promise<string>> {
  await page.evaluate(() => history.back())
  const seen = () =>
    page.evaluate(() => (window as unknown as { seen?: string[] }).seen?.join()).catch(() => undefined)
  await expect.poll(seen).toBeDefined()
  return async () => (await seen()) ?? ''
}

async function openMembers() {
  await page.goto(site.url('/members'))
  await page.getByLabel('Email address').waitFor()
}

test('after a logout shows nothing of a private page', async () => {
  await openMembers()
  await submitCredentials(page)
  await page.getByRole('heading', { name: 'Private: members' }).waitFor()
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await loginButton(page).waitFor()
  const seen = await goBack()
  await page.getByText('Everyone may read this.').waitFor()
  expect(page.url()).toBe(site.url())
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

  test('logged out, shows it', async () => {
    await openMembers()
    await submitCredentials(page)
    await userLine(page).waitFor()
    await goBackAfter((other) => other.getByRole('button', { name: 'Log out here only' }).click())
    await loginButton(page).waitFor()
    expect(page.url()).toBe(site.url())
  })

  test('logged in, shows it', async () => {
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

test('from the login page to the private page that asked for it is no blank page', async () => {
  await openMembers()
  await goBack()
  await page.getByRole('heading', { name: 'You need to log in' }).waitFor()
  await page.getByRole('button', { name: 'Log in' }).last().click()
  await submitCredentials(page)
  await page.getByRole('heading', { name: 'Private: members' }).waitFor()
})

test('from the login page to the page whose link asked for it leaves every link working', async () => {
  await page.goto(site.url())
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByLabel('Email address').waitFor()
  await goBack()
  await page.getByText('Everyone may read this.').waitFor()
  await page.getByRole('link', { name: 'Members' }).click()
  await submitCredentials(page)
  await page.getByRole('heading', { name: 'Private: members' }).waitFor()
})
