import { readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { chromium, type Browser, type Page, type Request } from '@playwright/test'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { startBackendProxy, type RunningBackendProxy } from '../../backend-proxy/index.ts'
import { createProxyClient, type ProxyClient } from '../../contract/proxy-api/index.ts'
import { demoSeed, startLocalTenant, type LocalTenant, type TenantSeed } from '../../local-tenant/index.ts'

const operatorToken = 'operator-token-of-the-tests'
const params = { project: 'gallery' }
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

const folder = mkdtempSync(join(tmpdir(), 'lowgate-panels-'))
let editor: Server
let origin: string
let seed: TenantSeed
let tenant: LocalTenant
let proxy: RunningBackendProxy
let operator: ProxyClient
let browser: Browser
let page: Page

/** The panels of a host without a server, on an origin of their own, and a proxy that lists that origin. */
beforeAll(async () => {
  await build({
    root: 'editor/gallery',
    configFile: false,
    logLevel: 'error',
    plugins: [vue()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: join(folder, 'page'),
      minify: false,
      rolldownOptions: { input: 'editor/gallery/panels.html' },
    },
  })
  editor = createServer(({ url = '/' }, response) => {
    const type = types[extname(url)]
    if (!type) return response.writeHead(404).end()
    return response.writeHead(200, { 'content-type': type }).end(readFileSync(join(folder, 'page', url)))
  })
  await new Promise<void>((resolve) => editor.listen(0, 'localhost', resolve))
  origin = `http://localhost:${(editor.address() as AddressInfo).port}`
  seed = demoSeed('preview', { callbackOrigins: [origin] })
  tenant = await startLocalTenant(seed, { port: 0 })
  proxy = await startBackendProxy({
    dataDir: join(folder, 'proxy'),
    port: 0,
    operatorToken,
    allowedOrigins: [origin],
    localTenants: [tenant.domain],
    logLevel: 'silent',
  })
  operator = createProxyClient({ url: proxy.url, token: operatorToken })
  browser = await chromium.connect(inject('browserEndpoint'))
})
afterAll(async () => {
  await browser.close()
  await proxy.close()
  await tenant.close()
  editor.close()
  editor.closeAllConnections()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  page = await (await browser.newContext()).newPage()
})
afterEach(() => page.context().close())

async function connect(from: string): Promise<{ id: string; token: string }> {
  const issued = await operator.issueToken({ params, body: { label: 'Mia', environments: ['preview'] } })
  await page.goto(`${from}/panels.html`)
  await page.getByLabel('Proxy address').fill(proxy.url)
  await page.getByLabel('Editor token').fill(issued.token)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  return issued
}

it('an editor on another origin saves a connection with an editor token, and without any cookie', async () => {
  const m2m = seed.clients?.find(({ app_type }) => app_type === 'non_interactive')
  await page.context().addCookies([{ name: 'session', value: 'x', url: proxy.url }])
  const sent: Request[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(proxy.url)) sent.push(request)
  })
  const { token } = await connect(origin)
  await page.getByLabel(/^Domain/).fill(tenant.domain)
  await page.getByLabel('M2M client ID').fill(m2m?.client_id ?? '')
  await page.getByLabel('M2M client secret').fill(m2m?.client_secret ?? '')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(async () => (await operator.listConnections({ params })).connections)
    .toMatchObject([{ environment: 'preview', domain: tenant.domain, hasSecret: true }])
  const headers = await Promise.all(sent.map((request) => request.allHeaders()))
  expect(headers.filter(({ cookie }) => cookie !== undefined)).toEqual([])
  const used = headers.flatMap(({ authorization }) => authorization ?? [])
  expect(new Set(used)).toEqual(new Set([`Bearer ${token}`]))
})

it('a token of a tab is gone with the tab, and one that was revoked says so and what to do', async () => {
  const { id } = await connect(origin)
  await page.getByLabel(/^Domain/).waitFor()
  await page.reload()
  await page.getByLabel(/^Domain/).waitFor()
  const other = await page.context().newPage()
  await other.goto(`${origin}/panels.html`)
  await other.getByLabel('Editor token').waitFor()
  await operator.revokeToken({ params: { ...params, id } })
  await page.reload()
  await page.getByText('Your editor token was revoked.').waitFor()
  await page.getByText('Ask whoever runs the proxy for a new token.').waitFor()
  await page.getByLabel('Editor token').waitFor()
})

it('a page of an origin that is not listed reaches nothing, with the same token', async () => {
  const elsewhere = origin.replace('localhost', 'panels.localhost')
  await connect(elsewhere)
  await page.getByText(`its operator adds ${elsewhere} to ALLOWED_ORIGINS`).waitFor()
  expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({})
})
