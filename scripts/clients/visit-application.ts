import { chromium, expect, type BrowserContext, type Page } from '@playwright/test'
import { ada } from '../../local-tenant/testing/demo-tenant.ts'
import { browserOptions } from '../set-up.mjs'
import type { CheckResult, ClientSettings } from './run-client.ts'

/** A development server compiles each page at the first visit. */
const PATIENCE = { timeout: 45_000 }

/**
 * What a visitor does in every application: logs in, lets it check what its client can do, logs out.
 *
 * @returns what was done, up to the first failure
 */
export async function visitApplication({ origin, tenant }: ClientSettings): Promise<CheckResult> {
  const { args, ...options } = browserOptions()
  const { hostname } = new URL(tenant.url)
  const rule = `--host-resolver-rules=MAP ${hostname}:443 127.0.0.1:${tenant.port}`
  const browser = await chromium.launch({ ...options, args: [...args, rule] })
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE.timeout)
  const done: string[] = []
  try {
    await page.goto(origin)
    await expectStatus(page, 'nobody')
    await logIn(page)
    await expectStatus(page, ada.email)
    done.push('logs in')

    await advanceClock(context, tenant.url)
    await page.getByRole('link', { name: 'Check' }).click()
    await expect.poll(() => page.getByRole('listitem').count(), PATIENCE).toBeGreaterThan(0)
    done.push(...(await page.getByRole('listitem').allInnerTexts()))
    await expectStatus(page, ada.email)

    await page.getByRole('link', { name: 'Log out' }).click()
    if (await isAskedByTenant(page)) await page.getByRole('button', { name: 'Log out' }).click()
    await expectStatus(page, 'nobody')
    // The tenant's own session is over too: it asks again.
    await logIn(page)
    await expectStatus(page, ada.email)
    done.push('logs out')
    return { done }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { done, failed: `after ${done.at(-1) ?? 'the start'}: ${why} (at ${page.url()})` }
  } finally {
    await browser.close()
  }
}

/** Tokens that are made within one second can be the same; those for the next step shall differ from the first. */
async function advanceClock(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate(
    async (body) => {
      await fetch('/control/clock', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    },
    JSON.stringify({ offset: 5 }),
  )
  await page.close()
}

async function logIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Log in' }).click()
  await page.getByLabel('Email address').fill(ada.email)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

/** Without a hint for whose session it is, `/oidc/logout` asks first. */
async function isAskedByTenant(page: Page): Promise<boolean> {
  const question = page.getByRole('button', { name: 'Log out' })
  await page.getByRole('status').filter({ hasText: 'nobody' }).or(question).waitFor()
  return question.isVisible()
}

/** @throws with what the application shows, when that is not what it should */
async function expectStatus(page: Page, text: string): Promise<void> {
  const status = page.getByRole('status')
  const shown = () => status.innerText({ timeout: 1_000 }).catch(() => '')
  await expect.poll(async () => isFinal(await shown(), text), PATIENCE).toBe(true)
  expect(await shown()).toBe(text)
}

/** A failure is not waited for. */
function isFinal(shown: string, text: string): boolean {
  return shown === text || shown.startsWith('failed')
}
