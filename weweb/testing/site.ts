import { readFile, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import {
  connectControl,
  demoSeed,
  startLocalTenant,
  type LocalTenant,
  type TenantControl,
} from '@lowgate/local-tenant'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'
import { buildSites, type Sites } from './build-site.ts'
import type { Design } from './site/design.ts'

export const ada = { email: 'ada@acme.example', password: 'Ada-Loves-Engines-1' }
export const ben = { email: 'ben@acme.example', password: 'Ben-Reads-Orders-2' }

export interface Site {
  tenant: LocalTenant
  control: TenantControl
  sites: Sites
  clientId: string
  origin: string
  /** The project that is published, a new one for each test. */
  design: Design
  browser: Browser
  context: BrowserContext
  page: Page
  /** The paths below the site's own that the page asked for. */
  asked: string[]
  url(path?: string): string
  heading(name: string): Promise<void>
  submit(user?: { email: string; password: string }): Promise<void>
  /** What the page has shown, at each change. */
  seen: string[]
}

const base = ({ baseTag }: Design) => baseTag?.href ?? '/'

/** Where a plain static host has a file for a page: parameters have none. */
function pagePaths(design: Design): string[] {
  return design.langs.flatMap(({ lang, default: isDefault, isDefaultPath }) =>
    design.pages.map(({ id, paths }) => {
      const prefix = isDefault && !isDefaultPath ? '' : `${lang}/`
      return prefix + (id === design.homePageId ? '' : `${paths[lang] ?? paths.default}/`)
    }),
  )
}

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' }

/** A strict static host: a path without a file is not found, and a page without its last slash is moved. */
function serve(site: Site): Server {
  return createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    const { design } = site
    const path = pathname.slice(base(design).length)
    const isBelow = pathname.startsWith(base(design))
    const paths = pagePaths(design)
    const end = (status: number, type: string, body: string | Buffer = '') => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    }
    const first = design.langs.find(({ isDefaultPath }) => isDefaultPath)
    if (isBelow && path === '' && first)
      return end(200, 'text/html', `<script>location.replace('${base(design)}${first.lang}/')</script>`)
    if (isBelow && paths.includes(path)) {
      const html = await readFile(join(site.sites.withPlugin, 'index.html'), 'utf8')
      const script = `<script>design = ${JSON.stringify(design).replaceAll('<', '\\u003c')}</script>`
      return end(200, 'text/html', html.replaceAll('"./', `"${base(design)}`).replace('<!--head-->', script))
    }
    if (isBelow && paths.includes(`${path}/`)) {
      response.writeHead(301, { location: `${pathname}/${search}` })
      return response.end()
    }
    if (isBelow && path.startsWith('data/')) return end(200, 'application/json', '{}')
    const file = join(site.sites.withPlugin, path)
    const isFile =
      isBelow && path.startsWith('assets/') && (await stat(file).catch(() => undefined))?.isFile()
    return isFile
      ? end(200, types[extname(path)] ?? 'text/plain', await readFile(file))
      : end(404, 'text/plain', 'Not found')
  })
}

/** A project with a public home page, pages for whoever is logged in and for managers, in two languages. */
function createDesign(site: Site): Design {
  const page = (id: string, groups: Design['pages'][number]['pageUserGroups'] = []) => ({
    id,
    name: id,
    paths: { default: id },
    langs: ['en', 'fr'],
    pageUserGroups: groups,
  })
  return {
    id: 'project',
    homePageId: 'home',
    authPluginId: 'f0f0-lowgate',
    langs: [{ lang: 'en', default: true }, { lang: 'fr' }],
    environment: 'production',
    prerendered: false,
    pages: [
      page('home'),
      page('about'),
      page('members', [{ userGroup: null }]),
      page('managers', [{ userGroup: null }, { userGroup: { roles: [{ value: 'role-1' }] } }]),
      { ...page('order', [{ userGroup: null }]), paths: { default: 'orders/{{id|1}}' } },
    ],
    settings: {
      publicData: {
        settings: {
          connections: { production: { domain: site.tenant.domain, clientId: site.clientId } },
          rolesClaim: 'https://lowgate.example/roles',
        },
        roles: [{ id: 'role-1', name: 'Manager' }],
      },
    },
  }
}

/** A tenant, a published WeWeb site that logs in at it, and a browser, for the tests of one file. */
export function useSite(): Site {
  const site = {
    url: (path = '') => site.origin + base(site.design) + path,
    heading: (name) => site.page.getByRole('heading', { name }).waitFor(),
    async submit({ email, password } = ada) {
      await site.page.getByLabel('Email address').fill(email)
      await site.page.getByLabel('Password', { exact: true }).fill(password)
      await site.page.getByRole('button', { name: 'Continue', exact: true }).click()
    },
  } as Site
  let server: Server

  beforeAll(async () => {
    site.sites = await buildSites()
    server = serve(site)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    site.origin = `http://weweb.localhost:${(server.address() as AddressInfo).port}`
    const seed = demoSeed('preview', { callbackOrigins: [site.origin] })
    const client = seed.clients[1]
    if (!client) throw new Error('the demo tenant has no application')
    const landings = ['/', '/fr/', '/about/', '/shop/', '/shop/en/', '/shop/fr/'].map(
      (path) => site.origin + path,
    )
    Object.assign(client, { callbacks: landings, allowed_logout_urls: landings })
    site.clientId = client.client_id
    site.tenant = await startLocalTenant(seed, { port: 0, control: true })
    site.control = connectControl(site.tenant.url)
    site.browser = await chromium.connect(inject('browserEndpoint'))
  })
  afterAll(async () => {
    await site.browser.close()
    server.closeAllConnections()
    await Promise.all([
      new Promise((resolve) => server.close(resolve)),
      site.tenant.close(),
      site.sites.remove(),
    ])
  })
  beforeEach(async () => {
    site.design = createDesign(site)
    site.context = await site.browser.newContext()
    site.page = await site.context.newPage()
    site.asked = []
    site.page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url())
      if (origin === site.origin) site.asked.push(pathname)
    })
    site.seen = []
    await site.page.exposeFunction('noteSeen', (text: string) => site.seen.push(text))
    await site.page.addInitScript(() => {
      const { noteSeen } = window as unknown as { noteSeen(text: string): void }
      new MutationObserver(() => noteSeen(document.body?.innerText ?? '')).observe(document, {
        childList: true,
        subtree: true,
        characterData: true,
      })
    })
  })
  afterEach(() => site.context.close())
  return site
}
