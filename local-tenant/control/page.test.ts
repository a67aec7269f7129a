import type { AxeResults } from 'axe-core'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { beforeEach, expect, test } from 'vitest'
import { startLocalTenant } from '../index.ts'
import { ada } from '../testing/demo-tenant.ts'
import { createRawClient } from '../testing/raw-client.ts'
import { setStage } from '../testing/stage.ts'

const stage = setStage()
let page: Page

beforeEach(async () => {
  page = (await stage.visit()).page
  await page.goto(stage.tenant.url)
})

async function loggedIn() {
  const visitor = createRawClient(stage.tenant, {
    clientId: stage.tenant.clientId,
    callback: `${stage.app.origin}/callback`,
  })
  const { body } = await visitor.obtain(ada, { scope: 'openid offline_access' })
  return {
    silently: async () => visitor.returned(await visitor.authorize({ prompt: 'none' })),
    refresh: () => visitor.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token }),
  }
}
const row = () =>
  page.getByRole('region', { name: 'Users' }).getByRole('listitem').filter({ hasText: ada.email })

test('blocks a user who is logged in, and lets them in again', async () => {
  const { silently } = await loggedIn()
  await page.reload()
  await row().getByRole('button', { name: 'Block' }).click()
  await row().getByText('Blocked').waitFor()
  expect((await silently()).error_description).toBe('user is blocked')
  await row().getByRole('button', { name: 'Unblock' }).click()
  await row().getByText('Blocked').waitFor({ state: 'detached' })
  expect((await silently()).code).toBeTruthy()
})

test('ends sessions and refresh tokens, and keeps the focus where a keyboard left it', async () => {
  const { silently, refresh } = await loggedIn()
  await page.reload()
  await row().getByRole('button', { name: 'Revoke tokens' }).press('Enter')
  await row().getByText('0 refresh tokens').waitFor()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON')
  expect((await refresh()).status).toBe(403)
  await row().getByRole('button', { name: 'Log out' }).click()
  await row().getByText('0 sessions').waitFor()
  expect((await silently()).error).toBe('login_required')
})

test('gives and takes roles', async () => {
  const before = await row().getByRole('checkbox', { name: 'Reader' }).isChecked()
  await row().getByRole('checkbox', { name: 'Reader' }).click()
  await page
    .getByRole('status')
    .filter({ hasText: /Reader/ })
    .waitFor()
  expect(await row().getByRole('checkbox', { name: 'Reader' }).isChecked()).toBe(!before)
})

test('shows the mails, with their links, and the requests', async () => {
  await fetch(`${stage.tenant.url}/dbconnections/change_password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ada.email, connection: 'Username-Password-Authentication' }),
  })
  await page.reload()
  await page.getByText('Reset your password').waitFor()
  await page.getByText('POST /dbconnections/change_password').waitFor()
  expect(await page.getByText('/assets/').count()).toBe(0)
  await page.getByRole('link', { name: /reset-password/ }).click()
  await page.getByLabel('New password').waitFor()
})

test('finds users by part of a name', async () => {
  await page.getByRole('searchbox').fill('ada')
  await page.getByRole('button', { name: 'Search' }).click()
  await row().waitFor()
  expect(await page.getByRole('button', { name: /^(Block|Unblock)$/ }).count()).toBe(1)
})

test.each(['light', 'dark'] as const)('has nothing for axe to find in %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'))
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})

test('is closed where the control API is', async () => {
  const closed = await startLocalTenant(stage.tenant.seed, { port: 0 })
  expect((await fetch(closed.url)).status).toBe(404)
  await closed.close()
})
