import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import {
  enterCredentials,
  openStudio,
  pickApplication,
  saveConnection,
  waitUntilSaved,
} from './support/builder.ts'
import {
  addPage,
  block,
  blocksOn,
  choose,
  dragBlock,
  dragStep,
  fillBlock,
  openPage,
} from './support/canvas.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { takePicture } from './support/picture.ts'
import { logInAtTenant } from './support/visitor.ts'

// One builder at one project: each test goes on where the one before it stopped.
test.describe.configure({ mode: 'serial' })

let lowgate: Lowgate
let context: BrowserContext
let studio: Page

test.beforeAll(async ({ browser }) => {
  lowgate = await startLowgate()
  context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' })
  studio = await context.newPage()
  await openStudio(studio, lowgate)
})

test.afterAll(async () => {
  await context.close()
  await lowgate.stop()
})

const user = (name: string) => {
  const found = lowgate.tenants.preview.users.find(({ email }) => email.startsWith(name))
  if (!found) throw new Error(`The demo tenant has no ${name}.`)
  return found
}

test('empties the project by mouse and by keyboard', async () => {
  for (const name of ['Dashboard', 'Account']) {
    await studio.getByRole('button', { name: `More about ${name}` }).press('Enter')
    await studio.getByRole('menuitem', { name: 'Delete…' }).press('Enter')
    await studio.getByRole('button', { name: 'Delete page' }).press('Enter')
    await expect(studio.getByRole('link', { name, exact: true })).toBeHidden()
  }
  for (const kind of ['heading', 'text', 'button', 'user card']) {
    await blocksOn(studio)
      .getByRole('button', { name: new RegExp(`^${kind}`, 'i') })
      .click()
    await studio.getByRole('button', { name: `Delete this ${kind}` }).click()
  }
  await expect(studio.getByText('This page is empty')).toBeVisible()
})

test('connects both environments and says where roles come from', async () => {
  for (const [environment, tenant] of [
    ['Preview', lowgate.tenants.preview],
    ['Production', lowgate.tenants.production],
  ] as const) {
    await enterCredentials(studio, environment, tenant)
    await pickApplication(studio, 'Acme site')
    await saveConnection(studio)
  }
  const claim = studio.getByRole('textbox', { name: 'Roles claim' })
  await claim.fill('https://lowgate.example/roles')
  await claim.press('Tab')
  await studio.getByRole('button', { name: 'Add group' }).click()
  const group = studio.getByRole('group', { name: 'New group' })
  await group.getByLabel('Roles', { exact: true }).fill('Manager')
  await group.getByLabel('Roles', { exact: true }).press('Enter')
  await expect(studio.getByRole('list', { name: 'Chosen: role' })).toContainText('Manager')
  await group.getByRole('textbox', { name: 'Name' }).fill('Managers')
  await takePicture(studio, 'user-groups')
  await studio.getByRole('link', { name: 'Build' }).click()
})

test('adds pages with a path, and says who can see them', async () => {
  await addPage(studio, 'Dashboard', '/dashboard')
  await choose(studio, 'Who can see it', 'Logged-in visitors')
  await dragBlock(studio, 'Heading')
  await fillBlock(studio, { Text: 'Dashboard of {{ auth.organization.name }}' })
  await addPage(studio, 'Management', '/management')
  await choose(studio, 'Who can see it', 'Some logged-in visitors')
  await choose(studio, 'User groups', 'Managers')
  await dragBlock(studio, 'Text')
  await fillBlock(studio, { Text: 'Only managers see this page.' })
  await addPage(studio, 'No access', '/no-access')
  await studio.getByRole('switch', { name: 'In the menu' }).click()
  await dragBlock(studio, 'Heading')
  await fillBlock(studio, { Text: 'This page is not for you' })
})

test('finds a page that nothing leads to, until the settings do', async () => {
  await studio.getByRole('button', { name: '1 problem' }).click()
  await expect(studio.getByRole('list', { name: 'Problems' })).toContainText('Nothing leads to “No access”.')
  await studio.getByRole('button', { name: 'Show me' }).click()
  await studio.getByRole('link', { name: 'Authentication' }).click()
  await choose(studio, 'Page for denied visitors', /^No access/)
  await expect(studio.getByRole('button', { name: '1 problem' })).toBeHidden()
  await studio.getByRole('link', { name: 'Build' }).click()
})

test('drags blocks into a conditional block by mouse', async () => {
  await openPage(studio, 'Home')
  await dragBlock(studio, 'Heading')
  await fillBlock(studio, { Text: 'For our partners' })
  await dragBlock(studio, 'Conditional block')
  await choose(studio, 'Visible to', 'Logged-out visitors')
  await dragBlock(studio, 'Button', studio.getByText('Drag blocks in here'))
  await fillBlock(studio, { Label: 'Log in' })
  await dragBlock(studio, 'Input', block(studio, 'Button: Log in'))
  await fillBlock(studio, { Label: 'Your organization', Variable: 'organization' })
  await expect(
    studio.getByRole('list', { name: 'Conditional block, Logged-out visitors' }).getByRole('listitem'),
  ).toHaveCount(2)
})

test('moves a block by keyboard, with spoken positions', async () => {
  const handle = studio.getByRole('button', { name: 'Move For our partners (Heading)' })
  const spoken = studio.getByText(/^For our partners \(Heading\)/)
  await handle.focus()
  await studio.keyboard.press('Space')
  await expect(spoken).toHaveText('For our partners (Heading) lifted, position 1 of 2 in Blocks.')
  await studio.keyboard.press('ArrowDown')
  await expect(spoken).toContainText('position 1 of 3 in Conditional block, Logged-out visitors')
  await studio.keyboard.press('Escape')
  await expect(spoken).toHaveText('For our partners (Heading) is back where it was.')
  await expect(blocksOn(studio).getByRole('listitem').first()).toContainText('For our partners')

  await studio.getByRole('button', { name: 'Move Your organization (Input)' }).focus()
  await studio.keyboard.press('Space')
  await studio.keyboard.press('ArrowUp')
  await expect(studio.getByText(/^Your organization \(Input\)/)).toContainText('position 1 of 2')
  await studio.keyboard.press('Space')
})

test('drags a login on to the button, bound to what the visitor types', async () => {
  await block(studio, 'Button: Log in').click()
  await dragStep(studio, 'Login with Redirect')
  await studio.getByRole('button', { name: 'Bind Organization to a value' }).click()
  await studio.getByRole('combobox', { name: 'Organization' }).fill('variables.organization')
  await choose(studio, 'Redirect page', /^Dashboard/)
  await takePicture(studio, 'b2b-workflow')
  await expectAccessible(studio, 'the studio with a workflow')
  await openPage(studio, 'Dashboard')
  await dragBlock(studio, 'Button', block(studio, 'Heading: Dashboard of {{ auth.organization.name }}'))
  await fillBlock(studio, { Label: 'Log out' })
  await dragStep(studio, 'Logout')
  await waitUntilSaved(studio)
})

test('lets the users of different organizations in on the preview, each with their own pages', async () => {
  const opened = context.waitForEvent('page')
  await openPage(studio, 'Home')
  await studio.getByRole('link', { name: 'Preview' }).click()
  const site = await opened
  await logIn(site, 'acme-north', 'ada')
  await expect(site.getByRole('heading', { name: 'Dashboard of acme-north' })).toBeVisible()
  await site.getByRole('link', { name: 'Management' }).click()
  await expect(site.getByText('Only managers see this page.')).toBeVisible()
  await site.getByRole('button', { name: 'Preview tools' }).click()
  await site.getByRole('tab', { name: 'Trace' }).click()
  await expect(site.getByRole('list', { name: 'Run trace' })).toContainText('loginWithRedirect')
  await site.getByRole('tab', { name: 'Session' }).click()
  await takePicture(site, 'preview-tools')
  await expectAccessible(site, 'the preview with its tools')
  await site.getByRole('link', { name: 'Dashboard' }).click()
  await site.getByRole('button', { name: 'Log out' }).click()
  await logIn(site, 'acme-north', 'ben')
  await expect(site.getByRole('heading', { name: 'Dashboard of acme-north' })).toBeVisible()
  await site.getByRole('link', { name: 'Management' }).click()
  await expect(site.getByRole('heading', { name: 'This page is not for you' })).toBeVisible()
  await site.close()
})

test('publishes after the checks have passed', async () => {
  await studio.getByRole('button', { name: 'Publish' }).click()
  const dialog = studio.getByRole('dialog', { name: 'Publish to production' })
  await expect(dialog.getByText('No problems in pages, access and workflows.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Check again' })).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Note' }).fill('First version')
  await takePicture(studio, 'publish')
  await dialog.getByRole('button', { name: 'Publish now' }).click()
  await expect(dialog.getByText('Version 1 is live')).toBeVisible()
  await dialog.getByText('Close', { exact: true }).click()
})

test('lets another organization’s user in on the published site, which has no tools and asks nothing of the studio', async () => {
  const site = await context.newPage()
  const asked: string[] = []
  site.on('request', (request) => asked.push(new URL(request.url()).origin))
  await site.goto(lowgate.sites.production)
  await logIn(site, 'acme-south', 'ada')
  await expect(site.getByRole('heading', { name: 'Dashboard of acme-south' })).toBeVisible()
  await expect(site.getByRole('button', { name: 'Preview tools' })).toBeHidden()
  await takePicture(site, 'b2b-published')
  await expectAccessible(site, 'the published site')
  expect(asked).not.toContain(lowgate.studio)
  expect(asked).not.toContain(lowgate.proxy)
  await site.close()
})

test('shows what changed since, and goes back to the first version', async () => {
  await openPage(studio, 'Home')
  await block(studio, 'Heading: For our partners').click()
  await fillBlock(studio, { Text: 'For all partners' })
  await waitUntilSaved(studio)
  await studio.getByRole('button', { name: 'Publish' }).click()
  const dialog = studio.getByRole('dialog', { name: 'Publish to production' })
  await dialog.getByRole('button', { name: 'Publish now' }).click()
  await expect(dialog.getByText('Version 2 is live')).toBeVisible()
  await dialog.getByText('Close', { exact: true }).click()
  await studio.getByRole('link', { name: 'Versions' }).click()
  await studio.getByRole('button', { name: 'Compare with version 1' }).click()
  await expect(studio.getByRole('list', { name: 'Differences' })).toContainText('Page “Home” 1 changed')
  await takePicture(studio, 'versions')
  await studio.getByRole('button', { name: 'Roll back to this' }).click()
  await studio.getByRole('button', { name: 'Roll back', exact: true }).click()
  const oldest = studio.getByRole('list', { name: 'Versions' }).locator(':scope > li').last()
  await expect(oldest).toContainText(/Version 1\s*Live/)
  const site = await context.newPage()
  await site.goto(lowgate.sites.production)
  await expect(site.getByRole('heading', { name: 'For our partners' })).toBeVisible()
})

async function logIn(site: Page, organization: string, name: string) {
  await site.getByRole('link', { name: 'Home' }).click()
  await site.getByRole('textbox', { name: 'Your organization' }).fill(organization)
  await site.getByRole('button', { name: 'Log in' }).click()
  await logInAtTenant(site, user(name))
  await site.waitForURL('**/dashboard')
}
