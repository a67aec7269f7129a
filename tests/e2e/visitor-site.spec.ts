import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { logInAtTenant } from './support/visitor.ts'

let lowgate: Lowgate

test.beforeAll(async ({ playwright }) => {
  lowgate = await startLowgate()
  const studio = await playwright.request.newContext({ extraHTTPHeaders: { 'x-lowgate': 'editor' } })
  await saveSite(studio)
  await studio.dispose()
})
test.afterAll(() => lowgate.stop())

/** A site in two languages, with a login page, a page for those who are logged in, and one for directors. */
async function saveSite(studio: APIRequestContext) {
  await studio.get(lowgate.studioUrl)
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await studio.get(address)).json()
  const page = (id: string, access: unknown) => ({
    ...{ id, name: id, path: `/${id.toLowerCase()}`, access, inMenu: true },
    blocks: [{ id: `${id}Title`, type: 'heading', values: { text: id, level: '1' } }],
  })
  const button = { id: 'enter', type: 'button', values: { label: 'Enter', look: 'primary' } }
  const login = page('Login', 'everyone')
  const saved = await studio.put(address, {
    data: {
      revision,
      project: {
        ...project,
        languages: ['en', 'fr'],
        pages: [
          ...project.pages,
          { ...login, blocks: [...login.blocks, button] },
          page('Members', 'authenticated'),
          page('Directors', { permissions: ['direct'] }),
        ],
        workflows: [
          {
            id: 'entering',
            trigger: { type: 'click', blockId: 'enter' },
            steps: [{ id: 'login', action: 'loginWithRedirect', args: {} }],
          },
        ],
        settings: {
          connections: {
            preview: { domain: lowgate.tenants.preview.domain, clientId: 'acmeWebSiteSpaApplication000Prev' },
          },
          loginPage: { pageId: 'Login' },
        },
      },
    },
  })
  expect(saved.status()).toBe(200)
}

const languageInForce = (page: Page) => page.locator('nav[aria-label=Language] [aria-current]')

test('a login asked for in French stays in French, as does a refusal', async ({ page }) => {
  await page.goto(`${lowgate.sites.preview}/fr/members?a=1`)
  await page.waitForURL('**/fr/login')
  await expect(languageInForce(page)).toHaveText('Français')
  await page.getByRole('button', { name: 'Enter' }).click()
  const [ada] = lowgate.tenants.preview.users
  if (ada) await logInAtTenant(page, ada)
  await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible()
  expect(page.url()).toBe(`${lowgate.sites.preview}/fr/members?a=1`)

  await page.goto(`${lowgate.sites.preview}/fr/directors`)
  await expect(page.getByRole('heading', { name: 'You may not see this page.' })).toBeVisible()
  await expect(languageInForce(page)).toHaveText('Français')
  await expect(page.getByRole('link', { name: 'Members' })).toHaveAttribute('href', '/fr/members')
  await expect(page.getByRole('link', { name: 'English' })).toHaveAttribute('href', '/directors')
  await page.getByText('For the owner of this site').click()
  await expectAccessible(page, 'a refusal')
})

test('the preview’s tools open and close by keyboard, and keep the focus', async ({ page }) => {
  await page.goto(lowgate.sites.preview)
  const open = page.getByRole('button', { name: 'Preview tools', exact: true })
  await open.press('Enter')
  await expect(page.getByRole('button', { name: 'Close preview tools' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(open).toBeFocused()
})

test('the content of a members’ page is downloaded after the login, and not before', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`${lowgate.sites.preview}/members`)
  await page.getByRole('button', { name: 'Enter' }).click()
  await page.getByLabel('Email address').waitFor()
  expect(asked).not.toContain('/pages/Members.json')
  const [ada] = lowgate.tenants.preview.users
  if (ada) await logInAtTenant(page, ada)
  await page.getByRole('heading', { name: 'Members' }).waitFor()
  expect(asked).toContain('/pages/Members.json')
  expect(asked).not.toContain('/pages/Directors.json')
})
