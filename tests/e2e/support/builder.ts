import { expect, type BrowserContext, type Page } from '@playwright/test'
import type { Lowgate } from './lowgate.ts'

const sessions = new WeakMap<Lowgate, Awaited<ReturnType<BrowserContext['cookies']>>>()

/** Opens the studio: with the printed address the first time, later with the session that it gave. */
export async function openStudio(page: Page, lowgate: Lowgate, path = '/') {
  const session = sessions.get(lowgate)
  if (session) await page.context().addCookies(session)
  const entry = new URL(session ? lowgate.studio : lowgate.studioUrl)
  entry.pathname = path
  await page.goto(entry.href)
  if (!session) sessions.set(lowgate, await page.context().cookies(lowgate.studio))
}

type EnvironmentName = 'Preview' | 'Production'

/** Fills in a tenant's credentials and waits until its applications are there to pick from. */
export async function enterCredentials(
  page: Page,
  environment: EnvironmentName,
  { domain, m2m }: Lowgate['tenants']['preview'],
) {
  await page.getByRole('link', { name: 'Authentication' }).click()
  await page.getByRole('tab', { name: environment }).click()
  await page.getByRole('textbox', { name: 'Domain', exact: true }).fill(domain)
  await page.getByRole('textbox', { name: 'M2M client ID' }).fill(m2m.clientId)
  await page.getByRole('textbox', { name: 'M2M client secret' }).fill(m2m.clientSecret)
  await page.getByRole('button', { name: 'Test connection' }).click()
}

export async function pickApplication(page: Page, name: string) {
  await page.getByRole('combobox', { name: 'SPA application' }).click()
  await page.getByRole('option', { name }).click()
}

export async function saveConnection(page: Page) {
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await save.click()
  await expect(save).toBeDisabled()
  await expect(page.getByText(/ uses \S+\./).first()).toBeVisible()
  await waitUntilSaved(page)
}

/** Chooses a block on the canvas and adds an action to its click. */
export async function addStepOnClick(page: Page, block: string, action: string) {
  await page.getByRole('button', { name: block }).click()
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** Waits until what was changed is on the server, where the preview reads it. */
export const waitUntilSaved = (page: Page) =>
  expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
