import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import {
  addStepOnClick,
  enterCredentials,
  openStudio,
  pickApplication,
  saveConnection,
  waitUntilSaved,
} from './support/builder.ts'
import { filesBelow, findLeaks, managementTokens, recordReceived } from './support/leaks.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { takePicture } from './support/picture.ts'
import { expectLoggedIn, expectLoggedOut, logInAtTenant } from './support/visitor.ts'

// One builder and one visitor, from an empty project on: each test goes on where the one before it stopped.
test.describe.configure({ mode: 'serial' })

let lowgate: Lowgate
let context: BrowserContext
let studio: Page
let site: Page
let received: Map<string, string>
const ada = { email: 'ada@acme.example', password: '' }

test.beforeAll(async ({ browser }) => {
  lowgate = await startLowgate({ LOG_LEVEL: 'trace' })
  ada.password = lowgate.tenants.preview.users.find(({ email }) => email === ada.email)?.password ?? ''
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  received = recordReceived(context)
  studio = await context.newPage()
})

test.afterAll(async () => {
  await context.close()
  await lowgate.stop()
})

test('starts with a project that is not connected to any tenant', async () => {
  await openStudio(studio, lowgate)
  await takePicture(studio, 'studio')
  await studio.getByRole('link', { name: 'Authentication' }).click()
  await expect(studio.getByText('nobody can log in on Preview yet')).toBeVisible()
})

test('says what to do about a wrong secret, and keeps what was typed', async () => {
  const { domain, m2m } = lowgate.tenants.preview
  await enterCredentials(studio, 'Preview', {
    ...lowgate.tenants.preview,
    m2m: { ...m2m, clientSecret: 'mistyped' },
  })
  await expect(studio.getByText('Auth0 does not accept the M2M client ID or secret.').first()).toBeVisible()
  await expect(studio.getByText(/Copy both again from Auth0/).first()).toBeVisible()
  await takePicture(studio, 'connection-refused')
  await expect(studio.getByRole('textbox', { name: 'Domain', exact: true })).toHaveValue(domain)
  await expect(studio.getByRole('textbox', { name: 'M2M client secret' })).toHaveValue('mistyped')
})

for (const [typed, reason] of [
  ['evil.example.test', /auth0\.com/],
  ['127.0.0.1', /Domain|domain/],
  ['user@tenant.auth0.com', /Domain|domain/],
] as const) {
  test(`refuses the domain ${typed} at its field`, async () => {
    await studio.getByRole('textbox', { name: 'Domain', exact: true }).fill(typed)
    await studio.getByRole('button', { name: 'Test connection' }).click()
    const field = studio.getByRole('textbox', { name: 'Domain', exact: true })
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(reason)
    await expect(field).toHaveValue(typed)
  })
}

test('connects the preview environment and picks an application from the list', async () => {
  await enterCredentials(studio, 'Preview', lowgate.tenants.preview)
  await expect(studio.getByText('accepts these credentials')).toBeVisible()
  await pickApplication(studio, 'Acme site')
  await takePicture(studio, 'connection')
  await saveConnection(studio)
  await studio.reload()
  await expect(studio.getByRole('combobox', { name: 'SPA application' })).toHaveValue('Acme site')
  await expect(studio.getByRole('textbox', { name: 'M2M client secret' })).toHaveValue('')
})

test('attaches Login with Redirect and both kinds of Logout to buttons', async () => {
  await studio.getByRole('link', { name: 'Build' }).click()
  await addStepOnClick(studio, 'Button: Log in', 'Login with Redirect')
  await takePicture(studio, 'workflow')
  await studio.getByRole('link', { name: 'Account' }).click()
  await addStepOnClick(studio, 'Button: Log out', 'Logout')
  await studio.getByRole('link', { name: 'Home' }).click()
  await waitUntilSaved(studio)
})

test('logs a visitor in on the preview site', async () => {
  const opened = context.waitForEvent('page')
  await studio.getByRole('link', { name: 'Preview' }).click()
  site = await opened
  await expectLoggedOut(site)
  await site.getByRole('button', { name: 'Log in' }).click()
  await expect(site.getByRole('heading', { name: 'Welcome', exact: true })).toBeVisible()
  await takePicture(site, 'tenant-login')
  await logInAtTenant(site, ada)
  await expectLoggedIn(site, ada, 'Ada Byron')
  await takePicture(site, 'preview-logged-in')
  expect(new URL(site.url()).origin).toBe(lowgate.sites.preview)
  expect(site.url()).not.toMatch(/code=|state=/)
})

test('keeps the visitor logged in over a reload', async () => {
  await site.reload()
  await expectLoggedIn(site, ada, 'Ada Byron')
})

test('ends the tenant’s session too with Logout (Redirect)', async () => {
  await site.getByRole('link', { name: 'Account' }).click()
  await site.getByRole('button', { name: 'Log out' }).click()
  await site.getByRole('link', { name: 'Home' }).click()
  await expectLoggedOut(site)
  await site.getByRole('button', { name: 'Log in' }).click()
  await logInAtTenant(site, ada)
  await expectLoggedIn(site, ada, 'Ada Byron')
})

test('keeps the tenant’s session with Logout (Local only)', async () => {
  await studio.bringToFront()
  await studio.getByRole('link', { name: 'Account' }).click()
  await studio.getByRole('button', { name: 'Button: Log out' }).click()
  await studio.getByRole('button', { name: 'Logout', expanded: false }).click()
  await studio.getByRole('combobox', { name: 'Mode' }).click()
  await studio.getByRole('option', { name: 'Local only' }).click()
  await waitUntilSaved(studio)
  await site.bringToFront()
  await site.reload()
  await site.getByRole('link', { name: 'Account' }).click()
  await expectLoggedIn(site, ada, 'Ada Byron')
  await site.getByRole('button', { name: 'Log out' }).click()
  await expectLoggedOut(site)
  await site.getByRole('link', { name: 'Home' }).click()
  await site.getByRole('button', { name: 'Log in' }).click()
  // The tenant still knows them, so they are back without a password.
  await expectLoggedIn(site, ada, 'Ada Byron')
})

test('lets no secret out to a browser, a log or the data folder', async () => {
  const secrets = [
    lowgate.tenants.preview.m2m.clientSecret,
    lowgate.tenants.production.m2m.clientSecret,
    lowgate.operatorToken,
  ]
  const browserSide = [...received, ['storage', JSON.stringify(await context.storageState())]] as [
    string,
    string,
  ][]
  expect(browserSide.length).toBeGreaterThan(20)
  expect(findLeaks(browserSide, secrets)).toEqual([])
  expect(browserSide.flatMap(([, text]) => managementTokens(text))).toEqual([])

  const log = lowgate.log()
  expect(log).toContain('listening')
  expect(findLeaks([['log', log]], secrets)).toEqual([])
  expect(managementTokens(log)).toEqual([])

  const files = await filesBelow(lowgate.dataDir)
  expect(files.length).toBeGreaterThan(2)
  expect(findLeaks(files, secrets)).toEqual([])
  expect(files.flatMap(([, text]) => managementTokens(text))).toEqual([])
})
