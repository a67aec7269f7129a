import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import {
  connectControl,
  demoSeed,
  startLocalTenant,
  type TenantControl,
  type TenantSeed,
} from '@lowgate/local-tenant'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'
import { buildHtml } from '../../../../scripts/build-html.mjs'
import { ada, submitCredentials } from '../../../testing/browser.ts'

const example = join(import.meta.dirname, '../../../../docs/examples/html')
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

export interface Stage {
  control: TenantControl
  browser: Browser
  context: BrowserContext
  /** A page of a fresh browser profile, for each test. */
  page: Page
  /** The folder of the built scripts. */
  scripts: string
  url(path?: string): string
  /** Changes the pages that the visitor opens from now on. */
  change(edit: (html: string) => string): void
  /** Logs in from the page on show, by its button. */
  login(user?: { email: string; password: string }): Promise<void>
}

export interface StageOptions {
  /** The path that the site is served under. Default: `/`. */
  base?: string
  /** Changes the demo tenant before it starts. */
  changeSeed?: (seed: TenantSeed) => void
}

/**
 * The pages of the guide's example behind a plain static server, which answers 404 for everything that is not a file, and
 * a tenant that they log in at.
 */
export function setStage({ base = '/', changeSeed }: StageOptions = {}): Stage {
  let edit = (html: string) => html
  let close: () => Promise<unknown>

  const stage = { change: (next: typeof edit) => void (edit = next) } as Stage

  beforeAll(async () => {
    stage.scripts = await mkdtemp(join(tmpdir(), 'lowgate-html-'))
    await buildHtml(stage.scripts)
    let connection = ''
    const server = createServer(async (request, response) => {
      const path = decodeURI(new URL(`http://localhost${request.url}`).pathname).replace(/\/+/g, '/')
      const below = path.startsWith(base) ? path.slice(base.length).replace(/(^|\/)$/, '$1index.html') : ''
      const file = below.startsWith('lowgate/')
        ? join(stage.scripts, below.slice('lowgate/'.length))
        : // As forgiving as a server can be.
          join(example, below.toLowerCase())
      const content = await readFile(file, 'utf8').catch(() => undefined)
      response.writeHead(content === undefined ? 404 : 200, {
        'content-type': types[extname(file)] ?? 'text/plain',
      })
      if (!file.endsWith('.html')) return response.end(content)
      const html = (content ?? '')
        .replace(/"domain".*"/, connection)
        .replaceAll(/(?<=(href|src|target)=")\/|(?<=^ +")\/(?=.*": ")/gm, base)
        .replace('"pages"', `"basePath": "${base}", "pages"`)
      response.end(edit(html))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // Another site than a tenant on `localhost`, as a builder's site is another than their tenant.
    const origin = `http://site.localhost:${(server.address() as AddressInfo).port}`
    const seed = demoSeed('preview', { callbackOrigins: [origin] })
    const client = seed.clients[1]
    client?.callbacks?.push(origin + base)
    client?.allowed_logout_urls?.push(origin + base)
    changeSeed?.(seed)
    const tenant = await startLocalTenant(seed, { port: 0, control: true })
    connection = `"domain": "${tenant.domain}", "clientId": "${client?.client_id}"`
    stage.control = connectControl(tenant.url)
    stage.browser = await chromium.connect(inject('browserEndpoint'))
    stage.url = (path = '/') => origin + base + path.slice(1)
    stage.login = async (user = ada) => {
      await stage.page.getByRole('button', { name: 'Log in', exact: true }).click()
      await submitCredentials(stage.page, user)
      await stage.page.getByRole('button', { name: 'Log out', exact: true }).waitFor()
    }
    close = () => {
      server.closeAllConnections()
      return Promise.all([
        new Promise((resolve) => server.close(resolve)),
        tenant.close(),
        stage.browser.close(),
        rm(stage.scripts, { recursive: true }),
      ])
    }
  })
  afterAll(() => close())
  beforeEach(async () => {
    edit = (html) => html
    await stage.control.clearRequests()
    stage.context = await stage.browser.newContext()
    stage.page = await stage.context.newPage()
    stage.page.setDefaultTimeout(15_000)
  })
  afterEach(() => stage.context.close())
  return stage
}
