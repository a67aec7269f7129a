import type { Locator, Page } from '@playwright/test'

export const ada = { email: 'ada@acme.example', password: 'Ada-Loves-Engines-1', name: 'Ada Byron' }
export const ben = { email: 'ben@acme.example', password: 'Ben-Reads-Orders-2', name: 'Ben Okafor' }
export const cleo = { email: 'cleo@acme.example', password: 'Cleo-Is-Blocked-3' }

/** Fills the tenant's login page. */
export async function submitCredentials(
  page: Page,
  { email, password }: { email: string; password: string } = ada,
): Promise<void> {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

/** The line of the playground that shows who is logged in. */
export const userLine = (page: Page): Locator => page.locator('[data-part=user]')
export const claimsLine = (page: Page): Locator => page.locator('[data-part=claims]')
export const loginButton = (page: Page): Locator => page.getByRole('button', { name: 'Log in', exact: true })
