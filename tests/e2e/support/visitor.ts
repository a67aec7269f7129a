import { expect, type Page } from '@playwright/test'

interface Account {
  email: string
  password: string
}

/** Logs in on the tenant's own page, where a login action has led. */
export async function logInAtTenant(page: Page, { email, password }: Account) {
  await page.getByRole('textbox', { name: 'Email address' }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

export async function expectLoggedIn(page: Page, { email }: Account, name: string) {
  const card = page.getByRole('region', { name: 'User card' })
  await expect(card).toContainText(name)
  await expect(card).toContainText(email)
}

export const expectLoggedOut = (page: Page) =>
  expect(page.getByRole('region', { name: 'User card' })).toContainText('You are not logged in.')
