import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as original from '@auth0/auth0-vue'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import vue from '@vitejs/plugin-vue'
import {
  connectControl,
  demoSeed,
  startLocalTenant,
  type LocalTenant,
  type TenantControl,
} from '@lowgate/local-tenant'
import { build, preview, type PreviewServer } from 'vite'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  expectTypeOf,
  inject,
  test,
} from 'vitest'
import { ada, ben, submitCredentials } from '../../testing/browser.ts'
import type * as ours from './index.ts'

const root = join(import.meta.dirname, '../../testing/auth0-vue-app')
let outDir: string
let served: PreviewServer
let tenant: LocalTenant
let control: TenantControl
let browser: Browser
let context: BrowserContext
let page: Page
let origin: string
let clientId: string

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'lowgate-auth0-vue-'))
  await build({
    ...{ root, configFile: false, logLevel: 'error', plugins: [vue()] },
    resolve: { alias: { '@auth0/auth0-vue': join(import.meta.dirname, 'index.ts') } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir, emptyOutDir: true },
  })
  served = await preview({
    ...{ root, configFile: false, logLevel: 'error', build: { outDir } },
    preview: { port: 0, host: '127.0.0.1', allowedHosts: true },
  })
  const address = served.httpServer.address()
  origin = `http://app.localhost:${typeof address === 'object' ? address?.port : ''}`
  const seed = demoSeed('preview', { callbackOrigins: [origin] })
  const [, client] = seed.clients
  if (!client) throw new Error('the demo tenant has no application')
  // As auth0-vue's documentation has it: only the origin.
  Object.assign(client, { callbacks: [origin], allowed_logout_urls: [origin] })
  clientId = client.client_id
  tenant = await startLocalTenant(seed, { port: 0, control: true })
  control = connectControl(tenant.url)
  browser = await chromium.connect(inject('browserEndpoint'))
})
afterAll(async () => {
  await Promise.all([browser.close(), served.close(), tenant.close(), rm(outDir, { recursive: true })])
})
beforeEach(async () => {
  await control.clearRequests()
  context = await browser.newContext()
  page = await context.newPage()
})
afterEach(() => context.close())

/** Opens the app with options of `createAuth0`. */
async function open(path: string, options: object = {}) {
  await context.addInitScript(
    (given) => void Object.defineProperty(window, 'config', { get: () => given, set: () => undefined }),
    { domain: tenant.domain, clientId, ...options },
  )
  await page.goto(origin + path)
}
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const userLine = () => page.locator('[data-part=user]')
const heading = (name: string) => page.getByRole('heading', { name, exact: true })

describe.each([{ cacheLocation: 'memory' }, { cacheLocation: 'localstorage' }, { keepsOwnCache: true }])(
  'an app of auth0-vue, with %j',
  (options) => {
    test('logs in, comes back to its target, stays logged in over a reload, and logs out', async () => {
      await open('/', options)
      await press('Log in')
      await submitCredentials(page)
      await userLine()
        .filter({ hasText: `${ada.email}, ${clientId}` })
        .waitFor()
      await heading('/profile?tab=2').waitFor()
      await page.reload()
      await userLine().waitFor()
      expect(page.url()).toBe(`${origin}/profile?tab=2`)
      await press('Log out')
      await expect.poll(() => page.url()).toBe(`${origin}/`)
      await heading('/').waitFor()
      expect(await userLine().count()).toBe(0)
      expect((await control.requests('/v2/logout'))[0]?.query).toEqual({
        client_id: clientId,
        returnTo: origin,
      })
    })
  },
)

test('a guard asks for a login and comes back to the page; one with options passes them on', async () => {
  await open('/profile?a=1#b')
  await submitCredentials(page)
  await heading('/profile?a=1#b').waitFor()
  await page.evaluate(() => window.auth0Vue.logout({ openUrl: false }))
  await page.goto(`${origin}/hinted`)
  await heading('/hinted').waitFor()
  const asked = (await control.requests('/authorize')).map(({ query }) => query.login_hint)
  expect(asked).toContain('ben@acme.example')
})

test('a login in a window', async () => {
  await open('/')
  const [popup] = await Promise.all([page.waitForEvent('popup'), press('Log in here')])
  await submitCredentials(popup, ben)
  await userLine().filter({ hasText: ben.email }).waitFor()
  await heading('/').waitFor()
})

test('a refused login shows the page for errors, with the SDK’s own error', async () => {
  await control.denyNextLogin({ error: 'access_denied', error_description: 'not today' })
  await open('/')
  await press('Log in')
  await submitCredentials(page)
  await page.getByRole('alert').filter({ hasText: 'access_denied: not today' }).waitFor()
  await heading('/error').waitFor()
})

test('tokens come with their details, and a request that nobody is logged in for ends in the SDK’s words', async () => {
  await open('/')
  const refused = await page.evaluate(() =>
    window.auth0Vue.getAccessTokenSilently().catch((error) => error.error as string),
  )
  expect(refused).toBe('login_required')
  await press('Log in')
  await submitCredentials(page)
  await userLine().waitFor()
  const [token, details] = await page.evaluate(async () => [
    await window.auth0Vue.getAccessTokenSilently(),
    await window.auth0Vue.getAccessTokenSilently({ detailedResponse: true }),
  ])
  expect(details).toMatchObject({ access_token: token, token_type: 'Bearer' })
})

test.each([
  ['state', { state: 'mine' }],
  ['redirect_uri', { redirect_uri: 'https://evil.example' }],
])('the parameter %s cannot be bent', async (name, authorizationParams) => {
  await open('/')
  const refused = await page.evaluate(
    (authorizationParams) =>
      window.auth0Vue
        .loginWithRedirect({ authorizationParams })
        .catch((error) => [error.code, error.details?.field ?? error.field, error.title ?? ''].join(' ')),
    authorizationParams,
  )
  expect(refused).toContain('input/invalid')
  expect(refused).toContain(name)
})

test('the types are those of auth0-vue', () => {
  expectTypeOf<ours.Auth0VueClient>().toExtend<original.Auth0VueClient>()
  expectTypeOf<ours.Auth0Plugin>().toExtend<original.Auth0VueClient>()
  expectTypeOf<typeof ours.useAuth0>().toExtend<typeof original.useAuth0>()
  expectTypeOf<typeof ours.authGuard>().toExtend<typeof original.authGuard>()
  expectTypeOf<Parameters<typeof original.createAuth0>>().toExtend<Parameters<typeof ours.createAuth0>>()
  expectTypeOf<original.AuthGuardOptions>().toExtend<ours.AuthGuardOptions>()
  expectTypeOf<keyof typeof original>().exclude<'Auth0Plugin'>().toExtend<keyof typeof ours>()
})
