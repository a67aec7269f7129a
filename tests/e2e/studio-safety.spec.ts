import { expect, test, type Page } from '@playwright/test'
import { addStepOnClick, openStudio, waitUntilSaved } from './support/builder.ts'
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
  await openStudio(page, lowgate)
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
  await openStudio(page, lowgate)
  await page.getByRole('button', { name: 'Button: Log in' }).waitFor()
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
  await openStudio(page, lowgate)
  await addPage(page, 'Prices', '/prices')
  const path = page.getByRole('textbox', { name: 'Path' })
  await path.fill('/offers')
  await bar(page).getByRole('button', { name: 'Undo' }).click()
  await expect(path).toHaveValue(/^\/(prices|new-page)$/)
  await waitUntilSaved(page)
})

test('shows the page that an undo changed', async ({ page }) => {
  await openStudio(page, lowgate)
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
  await openStudio(page, lowgate)
  await bar(page).getByRole('button', { name: 'Publish' }).click()
  const publishNow = page.getByRole('button', { name: 'Publish now' })
  const overrule = page.getByRole('checkbox', { name: 'Publish anyway: The tenant could not be checked.' })
  await expect(overrule).toBeVisible()
  await expect(publishNow).toBeDisabled()
  await overrule.check()
  await publishNow.click()
  await expect(page.getByText('Version 1 is live')).toBeVisible()
})

test('shows what the server found beyond the dialog, and publishes once that is overruled', async ({
  page,
}) => {
  const { domain, m2m } = lowgate.tenants.production
  const clientId = 'acmeWebSiteSpaApplication000Prod'
  await change(page, () => ({
    userGroups: [{ id: 'ghosts', name: 'Ghosts', roles: ['ghost'] }],
    settings: { connections: { production: { domain, clientId } } },
  }))
  const connection = `${lowgate.studio}/api/proxy/projects/my-site/environments/production/connection`
  const data = { domain, clientId, m2mClientId: m2m.clientId, m2mClientSecret: m2m.clientSecret }
  expect((await page.request.put(connection, { headers, data })).status()).toBe(200)
  await openStudio(page, lowgate)
  await bar(page).getByRole('button', { name: 'Publish' }).click()
  const publishNow = page.getByRole('button', { name: 'Publish now' })
  await publishNow.click()
  const found = page.getByRole('region', { name: 'Found by the studio’s server' })
  await expect(found.getByText('The tenant has no role “ghost”').first()).toBeVisible()
  await expect(publishNow).toBeDisabled()
  await found.getByRole('checkbox').check()
  await publishNow.click()
  await expect(page.getByText(/Version \d+ is live/)).toBeVisible()
})

test('publishes no draft that somebody else changed while the dialog was open', async ({ page }) => {
  await change(page, () => ({ workflows: [], userGroups: [], settings: { connections: {} } }))
  await openStudio(page, lowgate)
  await bar(page).getByRole('button', { name: 'Publish' }).click()
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await page.request.get(address, { headers })).json()
  const data = { project: { ...project, name: 'My other site' }, revision }
  expect((await page.request.put(address, { headers, data })).status()).toBe(200)
  await page.getByRole('button', { name: 'Publish now' }).click()
  await expect(page.getByText('Somebody else changed this project after it was checked.')).toBeVisible()
  await change(page, () => ({ name: 'My site' }))
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

test('loads no picture of another host in the studio, whatever a project says', async ({ page }) => {
  const asked: string[] = []
  await page.context().route('https://pictures.example/**', (route) => {
    asked.push(new URL(route.request().url()).pathname)
    return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
  })
  const picture = {
    id: 'spy',
    type: 'image',
    values: { src: 'https://pictures.example/spy.svg', alt: 'Spy' },
  }
  await change(page, ({ pages }) => ({
    pages: (pages as { blocks: object[] }[]).map((each, at) => (at ? each : { ...each, blocks: [picture] })),
  }))
  await page.goto(lowgate.studio)
  const onCanvas = page.getByRole('main', { name: 'Canvas' }).locator('[data-block=spy]')
  await expect(onCanvas.locator('[data-host="pictures.example"]')).toBeVisible()
  expect(await onCanvas.locator('img').count()).toBe(0)

  const refused = await page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
        document.body.append(Object.assign(new Image(), { src: 'https://pictures.example/planted.svg' }))
      }),
  )
  expect(refused).toBe('img-src')
  expect(asked).toEqual([])

  await page.goto(lowgate.sites.preview)
  await expect(page.getByRole('img', { name: 'Spy' })).toBeAttached()
  await expect.poll(() => asked).toEqual(['/spy.svg'])
})
