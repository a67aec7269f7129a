import { expect, test, type Page } from '@playwright/test'
import { addStepOnClick, waitUntilSaved } from './support/builder.ts'
import { addPage, openPage } from './support/canvas.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'

let lowgate: Lowgate
const headers = { 'x-lowgate': 'editor' }

test.beforeAll(async () => {
  lowgate = await startLowgate()
})

test.afterAll(() => lowgate.stop())

/** Changes the saved project as another builder would. */
async function change(page: Page, apply: (project: Record<string, unknown>) => object) {
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await page.request.get(address, { headers })).json()
  const data = { project: { ...project, ...apply(project) }, revision }
  expect((await page.request.put(address, { headers, data })).status()).toBe(200)
}

const bar = (page: Page) => page.getByRole('banner')
const goToProjects = async (page: Page) => {
  await bar(page)
    .getByRole('button', { name: /My site/ })
    .click()
  await page.getByRole('menuitem', { name: 'All projects' }).click()
}

test('leaves no project without its last changes, unless it is told to', async ({ page }) => {
  await page.goto(lowgate.studio)
  await page.context().setOffline(true)
  await addStepOnClick(page, 'Button: Log in', 'Logout')
  await goToProjects(page)
  await expect(page.getByText('Leave without your last changes?')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.context().setOffline(false)
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
  await goToProjects(page)
  await expect(page.getByRole('heading', { name: 'Projects', exact: true })).toBeVisible()
})

test('shows an undone path in its field', async ({ page }) => {
  await page.goto(lowgate.studio)
  await addPage(page, 'Prices', '/prices')
  const path = page.getByRole('textbox', { name: 'Path' })
  await path.fill('/offers')
  await bar(page).getByRole('button', { name: 'Undo' }).click()
  await expect(path).toHaveValue(/^\/(prices|new-page)$/)
  await waitUntilSaved(page)
})

test('shows the page that an undo changed', async ({ page }) => {
  await page.goto(lowgate.studio)
  await page.getByRole('button', { name: 'Button: Log in' }).click()
  await page.getByRole('button', { name: 'Delete this button' }).click()
  await openPage(page, 'Account')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Button: Log in' })).toBeVisible()
})

test('publishes past a tenant that could not be checked only when that is overruled by name', async ({
  page,
}) => {
  await change(page, () => ({
    settings: { connections: { production: { domain: 'acme.eu.auth0.com', clientId: 'never-saved' } } },
  }))
  await page.goto(lowgate.studio)
  await bar(page).getByRole('button', { name: 'Publish' }).click()
  const publishNow = page.getByRole('button', { name: 'Publish now' })
  const overrule = page.getByRole('checkbox', { name: 'Publish anyway: The tenant could not be checked.' })
  await expect(overrule).toBeVisible()
  await expect(publishNow).toBeDisabled()
  await overrule.check()
  await publishNow.click()
  await expect(page.getByText('Version 1 is live')).toBeVisible()
})

test('stops pages that lead to each other as soon as they are loaded', async ({ page }) => {
  const lead = (from: string, to: string) => ({
    id: `from-${from}`,
    trigger: { type: 'page-load', pageId: from },
    steps: [{ id: 'go', action: 'goToPage', args: { page: { pageId: to } } }],
  })
  await change(page, () => ({ workflows: [lead('dashboard', 'account'), lead('account', 'dashboard')] }))
  await page.goto(`${lowgate.sites.preview}/dashboard`)
  await expect(page.getByText('This page kept leading back to itself and was stopped.')).toBeVisible()
})
