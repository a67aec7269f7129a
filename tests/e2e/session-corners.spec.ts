import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { logInAtTenant } from './support/visitor.ts'

let lowgate: Lowgate
let studio: APIRequestContext
let api: Server
/** What the site's API was asked for. */
const orders: string[] = []

test.beforeAll(async ({ playwright }) => {
  lowgate = await startLowgate()
  api = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (request.method === 'POST') orders.push(body)
    const allow = { 'access-control-allow-headers': 'content-type', 'access-control-allow-origin': '*' }
    response.writeHead(200, allow).end('{}')
  }).listen(0, 'localhost')
  await once(api, 'listening')
  studio = await playwright.request.newContext({ extraHTTPHeaders: { 'x-lowgate': 'editor' } })
  await studio.get(lowgate.studioUrl)
})
test.afterAll(async () => {
  await studio.dispose()
  await lowgate.stop()
  api.close()
})

const accounts = () => {
  const [ada, ben] = lowgate.tenants.preview.users
  if (!ada || !ben) throw new Error('The demo tenant has no users.')
  return { ada, ben }
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name })
const open = (page: Page, path = '/') => page.goto(lowgate.sites.preview + path)
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** A site with a page for everybody, one for members, and some for organizations. */
async function saveSite(storage: string) {
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await studio.get(address)).json()
  const page = (id: string, access: unknown, blocks: object[] = []) => ({
    ...{ id, name: id, path: id === 'Start' ? '/' : `/${id.toLowerCase()}`, access, inMenu: true },
    blocks: [{ id: `${id}Title`, type: 'heading', values: { text: id, level: '1' } }, ...blocks],
  })
  const button = (id: string) => ({ id, type: 'button', values: { label: id, look: 'primary' } })
  const input = (label: string) => ({ id: label, type: 'input', values: { label, variable: label } })
  const card = (id: string) => ({ id, type: 'userCard', values: {} })
  const onClick = (blockId: string, action: string, args: object) => ({
    id: `on${blockId}`,
    trigger: { type: 'click', blockId },
    steps: [{ id: `step${blockId}`, action, args }],
  })
  const url = `http://localhost:${(api.address() as AddressInfo).port}/orders`
  const body = '{"note": "{{ variables.Note }}"}'
  const { domain } = lowgate.tenants.preview
  const changed = {
    ...project,
    homePageId: 'Start',
    pages: [
      page('Start', 'everyone', [
        card('StartCard'),
        input('Organization'),
        ...['Enter', 'Switch', 'Leave'].map(button),
      ]),
      page('Members', 'authenticated', [card('MembersCard'), input('Note'), button('Order')]),
      page('North', { organizations: ['acme-north'] }),
      page('South', { organizations: ['acme-south'] }),
      page('Regions', { organizations: ['acme-north', 'acme-south'] }),
      page('Window', 'everyone'),
    ],
    workflows: [
      onClick('Enter', 'loginWithRedirect', {}),
      onClick('Switch', 'loginWithRedirect', { organization: '{{ variables.Organization }}' }),
      onClick('Leave', 'logout', { mode: 'local' }),
      {
        id: 'onWindow',
        trigger: { type: 'page-load', pageId: 'Window' },
        steps: [
          {
            id: 'stepWindow',
            action: 'loginWithPopup',
            args: { organization: 'acme-north', target: { pageId: 'North' } },
          },
        ],
      },
      onClick('Order', 'callApi', { url, method: 'POST', body, withToken: false }),
    ],
    settings: {
      storage,
      connections: { preview: { domain, clientId: 'acmeWebSiteSpaApplication000Prev' } },
    },
  }
  const saved = await studio.put(address, { data: { revision, project: changed } })
  expect(saved.status(), await saved.text()).toBe(200)
}

for (const storage of ['localstorage', 'memory'])
  test.describe(`with tokens in ${storage}`, () => {
    test.beforeAll(() => saveSite(storage))

    test('a page for one organization logs the visitor in to it', async ({ page }) => {
      await open(page, '/north')
      await logInAtTenant(page, accounts().ada)
      await expect(heading(page, 'North')).toBeVisible()
      expect(page.url()).toBe(`${lowgate.sites.preview}/north`)
    })

    test('a page for several organizations lets them choose', async ({ page }) => {
      await open(page, '/regions')
      await logInAtTenant(page, accounts().ada)
      await expect(heading(page, 'This page is for members of an organization.')).toBeVisible()
      await expectAccessible(page, 'the choice of an organization')
      await press(page, 'Log in to acme-south')
      await expect(heading(page, 'Regions')).toBeVisible()
    })

    test('a login with another account keeps the organization', async ({ page }) => {
      await open(page, '/south')
      await logInAtTenant(page, accounts().ben)
      await expect(heading(page, 'You were not let in')).toBeVisible()
      // The preview is the builder's, who needs the tenant's own words.
      await expect(page.getByRole('alert')).toContainText('Auth0 says: user auth0|')
      await press(page, 'Log in with another account')
      await logInAtTenant(page, accounts().ada)
      await expect(heading(page, 'South')).toBeVisible()
    })

    test('a display name typed by the visitor is explained', async ({ page }) => {
      await open(page)
      await page.getByLabel('Organization').fill('Acme North')
      await press(page, 'Switch')
      await expect(page.getByRole('alert')).toContainText(
        '“Acme North” cannot be the name of an organization.',
      )
      await page.getByLabel('Organization').fill('Acme-North')
      await press(page, 'Switch')
      await logInAtTenant(page, accounts().ada)
      await expect(page.getByRole('region', { name: 'User card' })).toContainText(accounts().ada.email)
    })

    test('a double click runs a workflow once', async ({ page }) => {
      await open(page, '/members')
      await logInAtTenant(page, accounts().ada)
      await page.getByLabel('Note').fill('once')
      orders.length = 0
      await page.getByRole('button', { name: 'Order' }).dblclick()
      await expect.poll(() => orders).toEqual(['{"note": "once"}'])
      await page.getByLabel('Note').fill('last')
      await press(page, 'Order')
      await expect.poll(() => orders.at(-1)).toBe('{"note": "last"}')
      expect(orders).toHaveLength(2)
    })

    test.describe('a session that ends while a private page is open', () => {
      test.beforeEach(async ({ page }) => {
        await open(page, '/members')
        await logInAtTenant(page, accounts().ada)
        await page.getByLabel('Note').fill('half a sentence')
        await press(page, 'Preview tools')
        await press(page, 'Expire now')
        await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
      })

      test('asks in a dialog, and a login in a window keeps what was typed', async ({ page }) => {
        await expectAccessible(page, 'the dialog')
        const opened = page.waitForEvent('popup')
        await press(page, 'Log in in a window')
        const popup = await opened
        // The tenant's session may go on, and closes the window by itself.
        await Promise.race([
          logInAtTenant(popup, accounts().ada).catch(() => undefined),
          popup.waitForEvent('close'),
        ])
        await expect(page.getByRole('dialog')).toHaveCount(0)
        await expect(page.getByRole('region', { name: 'User card' })).toContainText(accounts().ada.email)
        await expect(page.getByLabel('Note')).toHaveValue('half a sentence')
      })

      test('asks in a dialog, and a login on the page keeps what was typed', async ({ page }) => {
        await press(page, 'Log in on this page')
        await expect(page.getByRole('region', { name: 'User card' })).toContainText(accounts().ada.email)
        await expect(page.getByLabel('Note')).toHaveValue('half a sentence')
        await page.reload()
        await expect(page.getByLabel('Note')).toHaveValue('')
      })

      test('leaves the page as it is when they do not want to log in now', async ({ page }) => {
        await press(page, 'Not now')
        await expect(page.getByRole('dialog')).toHaveCount(0)
        await expect(page.getByLabel('Note')).toHaveValue('half a sentence')
      })
    })

    test('an invitation that was refused leaves the address', async ({ page }) => {
      await open(page, '/?invitation=gone&organization=org_acmeNorth0000001&organization_name=acme-north')
      await press(page, 'Enter')
      await expect(heading(page, 'Login did not work')).toBeVisible()
      await press(page, 'Log in again')
      await logInAtTenant(page, accounts().ada)
      await expect(page.getByRole('region', { name: 'User card' })).toContainText(accounts().ada.email)
      expect(page.url()).toBe(`${lowgate.sites.preview}/`)
    })
  })

// The plugin's tests ask the same of tokens in memory, in a browser that takes the tenant's cookies into a frame.
test.describe('with tokens that outlive a page', () => {
  test.beforeAll(() => saveSite('localstorage'))

  test('a public page that has no session follows a login in another tab', async ({ page, context }) => {
    await open(page)
    const other = await context.newPage()
    await open(other)
    await press(other, 'Enter')
    await logInAtTenant(other, accounts().ada)
    await expect(page.getByRole('region', { name: 'User card' })).toContainText(accounts().ada.email)
  })

  test('a cookie that is gone gives one answer on every page', async ({ page, context }) => {
    await open(page)
    await press(page, 'Enter')
    await logInAtTenant(page, accounts().ada)
    const card = page.getByRole('region', { name: 'User card' })
    await expect(card).toContainText(accounts().ada.email)
    await context.clearCookies({ domain: new URL(lowgate.sites.preview).hostname })
    await open(page)
    await expect(card).toContainText(accounts().ada.email)
    await open(page, '/members')
    await expect(card).toContainText(accounts().ada.email)
    await open(page)
    await expect(card).toContainText(accounts().ada.email)
  })
})

test.describe('a login window that the browser blocks', () => {
  test.beforeAll(() => saveSite('localstorage'))

  test('leaves a button to log in on the page instead', async ({ page }) => {
    // What a browser answers that blocks a window; a headless one does so now and then only.
    await page.addInitScript(() => (window.open = () => null))
    await open(page, '/window')
    await expect(page.getByRole('alert')).toContainText('The browser blocked the login window.')
    await expectAccessible(page, 'the message with its button')
    await press(page, 'Log in on this page instead')
    await logInAtTenant(page, accounts().ada)
    // Where the blocked login would have led, and in its organization.
    await expect(heading(page, 'North')).toBeVisible()
    expect(page.url()).toBe(`${lowgate.sites.preview}/north`)
  })
})
