import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import {
  connectControl,
  demoSeed,
  startLocalTenant,
  type LocalTenant,
  type TenantControl,
  type TenantSeed,
} from '@lowgate/local-tenant'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'
import type { PublicSettings } from '../../contract/index.ts'
import { ada, loginButton, submitCredentials, userLine } from './browser.ts'
import { startPlayground, type Playground } from './playground.ts'

export interface SiteOptions {
  settings?: Partial<PublicSettings> | ((origin: string, domain: string) => Partial<PublicSettings>)
  base?: string
  /** Changes the demo tenant before it starts. */
  seed?: (seed: TenantSeed) => void
}

export interface Site {
  tenant: LocalTenant
  /** What the tenant started with. */
  seed: TenantSeed
  control: TenantControl
  playground: Playground
  browser: Browser
  context: BrowserContext
  /** A page of a fresh browser profile, for each test. */
  page: Page
  clientId: string
  url(path?: string): string
  /** Logs in from the home page by the button. */
  login(user?: { email: string; password: string }): Promise<void>
  /** Changes the settings, and adds a second instance, for the pages that the visitor opens from now on. */
  change(settings: Partial<PublicSettings>, second?: PublicSettings): Promise<void>
  /** The paths that the tenant was asked for, `OPTIONS` aside. */
  asked(path: string): Promise<Record<string, string>[]>
}

/** A tenant, the playground that logs in at it, and a browser, for the tests of one file. */
export function useSite(options: SiteOptions = {}): Site {
  const { base = '/' } = options

  const site = {
    url: (path = '/') => site.playground.origin + base + path.slice(1),
    async login(user = ada) {
      await site.page.goto(site.url())
      await loginButton(site.page).click()
      await submitCredentials(site.page, user)
      await userLine(site.page).waitFor()
    },
    async change(settings, second) {
      await site.context.addInitScript(
        ([changes, second]) => {
          let served: typeof window.playground
          Object.defineProperty(window, 'playground', {
            get: () => served,
            set(value: typeof window.playground) {
              served = { ...value, settings: { ...value.settings, ...changes }, ...(second && { second }) }
            },
          })
        },
        [settings, second] as const,
      )
    },
    async asked(path) {
      const requests = await site.control.requests(path)
      return requests.filter(({ method }) => method !== 'OPTIONS').map(({ query }) => query)
    },
  } as Site

  beforeAll(async () => {
    site.playground = await startPlayground({
      base,
      async settings(origin) {
        const seed = demoSeed('preview', { callbackOrigins: [origin] })
        const client = seed.clients[1]
        if (!client) throw new Error('the demo tenant has no application')
        for (const { callbacks, allowed_logout_urls } of seed.clients) {
          callbacks?.push(`${origin}${base}callback`)
          allowed_logout_urls?.push(`${origin}${base}logged-out`)
        }
        site.clientId = client.client_id
        options.seed?.(seed)
        site.seed = seed
        site.tenant = await startLocalTenant(seed, { port: 0, control: true })
        return {
          connections: { preview: { domain: site.tenant.domain, clientId: site.clientId } },
          rolesClaim: 'https://lowgate.example/roles',
          ...(typeof options.settings === 'function'
            ? options.settings(origin, site.tenant.domain)
            : options.settings),
        }
      },
    })
    site.control = connectControl(site.tenant.url)
    site.browser = await chromium.connect(inject('browserEndpoint'))
  })
  afterAll(async () => {
    await Promise.all([site.browser.close(), site.playground.close(), site.tenant.close()])
  })
  beforeEach(async () => {
    await site.control.clearFaults()
    await site.control.clearRequests()
    site.context = await site.browser.newContext()
    site.page = await site.context.newPage()
  })
  afterEach(() => site.context.close())
  return site
}
