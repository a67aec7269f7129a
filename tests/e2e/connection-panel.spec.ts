import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { enterCredentials, openStudio, pickApplication, saveConnection } from './support/builder.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'

// One builder at one project: each test goes on where the one before it stopped.
test.describe.configure({ mode: 'serial' })

let lowgate: Lowgate
let page: Page

test.beforeAll(async ({ browser }) => {
  lowgate = await startLowgate()
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  await openStudio(page, lowgate)
})

test.afterAll(async () => {
  await page.close()
  await lowgate.stop()
})

// The studio's own bar is another test's.
const panel = { except: ['header'] }

/** Looks at what is on the screen at three widths, light and dark. */
async function expectAccessibleEverywhere(what: string) {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 768, 390]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await expectAccessible(page, `${what}, ${width} px, ${colorScheme}`, panel)
    }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('is accessible while nothing is connected and fields are refused', async () => {
  await page.getByRole('link', { name: 'Authentication' }).click()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expectAccessibleEverywhere('refused fields')
})

/** An application of the demo tenant's that may read what the panel shows, and change nothing. */
const reader = {
  clientId: 'acmeRegularWebApplication000Prev',
  clientSecret: 'another-demo-secret-that-is-worth-nothing-anywhere-else-Prev',
}

test('finds the missing addresses of an application, and is accessible with its findings', async () => {
  await enterCredentials(page, 'Preview', { ...lowgate.tenants.preview, m2m: reader })
  await pickApplication(page, 'Acme kiosk')
  await saveConnection(page)
  await expect(
    page.getByRole('listitem').filter({ hasText: 'is not among the Allowed Callback URLs' }).first(),
  ).toContainText(`${lowgate.sites.preview}/callback`)
  await expectAccessibleEverywhere('findings')
})

test('names the scope that fixing them needs', async () => {
  await page.getByRole('button', { name: /^Fix it: .*Allowed Callback URLs/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Change the application in Auth0' })
  await dialog.getByRole('button', { name: 'Add to Auth0' }).click()
  await expect(dialog.getByRole('alert')).toContainText('update:clients')
  await expectAccessibleEverywhere('a refused fix')
  await page.keyboard.press('Escape')
})

test('compares and copies environments, accessibly', async () => {
  await page.getByRole('button', { name: 'Copy or compare' }).click()
  await page.getByRole('menuitem', { name: 'Compare environments' }).click()
  await expect(page.getByRole('row', { name: /M2M client secret/ })).toContainText('•••••••• saved')
  await expectAccessibleEverywhere('the comparison')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Copy or compare' }).click()
  await page.getByRole('menuitem', { name: 'Copy Preview to Production' }).click()
  await expect(page.getByText('is a tenant on this machine')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy to Production' })).toBeDisabled()
  await expectAccessibleEverywhere('a refused promotion')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Copy or compare' })).toBeFocused()
})

test('works with only the keyboard', async () => {
  const { domain, m2m } = lowgate.tenants.production
  await page.getByRole('tab', { name: 'Preview' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Production' })).toBeFocused()

  const tabTo = async (role: 'textbox' | 'combobox' | 'button', name: string) => {
    const target = page.getByRole(role, { name, exact: true })
    for (let steps = 0; steps < 20; steps++) {
      await page.keyboard.press('Tab')
      if (await target.evaluate((element) => element === document.activeElement)) return
    }
    throw new Error(`Tab does not reach “${name}”.`)
  }
  await tabTo('textbox', 'Domain')
  await page.keyboard.type(domain)
  await tabTo('textbox', 'M2M client ID')
  await page.keyboard.type(m2m.clientId)
  await tabTo('textbox', 'M2M client secret')
  await page.keyboard.insertText(m2m.clientSecret)
  await tabTo('button', 'Test connection')
  await page.keyboard.press('Space')
  await expect(page.getByText('accepts these credentials')).toBeVisible()
  await tabTo('combobox', 'SPA application')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: 'Acme site' })).toBeVisible()
  await page.keyboard.type('back')
  await expect(page.getByRole('option', { name: 'Acme site' })).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'SPA application' })).toHaveValue('Acme back office')
  await tabTo('button', 'Save')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Production uses ${domain}.`)).toBeVisible()
})

test('is accessible while choices, menus and questions are open', async () => {
  // Floating layers are at the end of the body, outside every landmark: their controls lead to them.
  const floating = { ...panel, without: ['region'] }
  await page.getByRole('combobox', { name: 'API audience' }).click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectAccessible(page, 'open choices', floating)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expectAccessible(page, 'the question before deleting', panel)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Add environment' }).click()
  await expectAccessible(page, 'the menu of environments', floating)
  await page.getByRole('menuitem', { name: 'Staging' }).click()
  await expect(page.getByText('so the one of Production is in force')).toBeVisible()
})

test('adds the missing addresses in Auth0 after showing the change, and finds them there', async () => {
  await enterCredentials(page, 'Production', lowgate.tenants.production)
  await pickApplication(page, 'Acme kiosk')
  await saveConnection(page)
  const finding = page.getByRole('listitem').filter({ hasText: 'is not among the Allowed Callback URLs' })
  await expect(finding).toContainText(`${lowgate.sites.production}/callback`)
  await page.getByRole('button', { name: /^Fix it: .*Allowed Callback URLs/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Change the application in Auth0' })
  await expect(dialog).toContainText(`${lowgate.sites.production}/callback`)
  await dialog.getByRole('button', { name: 'Add to Auth0' }).click()
  await expect(dialog).toBeHidden()
  await expect(finding).toBeHidden()
})
