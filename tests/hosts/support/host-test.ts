import { expect, test as base, type Page } from '@playwright/test'
import { demoSeed, startLocalTenant, type LocalTenant, type TenantSeed } from '@lowgate/local-tenant'
import { freePort } from '../../../scripts/clients/tenants.ts'
import { installApp, runInApp, serveApp } from './installed-app.ts'
import { logInAtTenant, people } from './kit.ts'

/** An app of one kind, and how it is built and served. */
export interface HostApp {
  /** Of the folder it is installed into: letters, digits and `-`. */
  name: string
  /** The folder with its files. Its manifest names packages of ours as `"lowgate": "*"`. */
  app: string
  /** Exact versions in place of those in its manifest. */
  versions?: Record<string, string>
  /** Adds what is made for the test to the installed app, before it is built. */
  addFiles?(folder: string): Promise<void>
  /** A command of the app, such as `vite build`, run once the port is known. */
  build?: string
  /** A command of the app that serves it at `http://localhost:<port>`. */
  serve(port: number): string
  /** Where Auth0 may send a visitor back to. Default: `/callback` and `/logged-out`. */
  landings?: { callback: string; loggedOut: string }
}

/** An app that runs, and the tenant that it logs in at. */
export interface Site {
  origin: string
  folder: string
  tenant: LocalTenant
  /** What the tenant started with. */
  seed: TenantSeed
}

/**
 * Installs, builds and serves the app; its commands are told `PORT`, `AUTH0_DOMAIN` and `AUTH0_CLIENT_ID`. The tenant is
 * the demo, on another site than the app.
 */
async function startSite({ name, app, versions = {}, addFiles, build, serve, landings }: HostApp) {
  const { callback = '/callback', loggedOut = '/logged-out' } = landings ?? {}
  const [folder, port] = await Promise.all([installApp(name, app, versions), freePort()])
  await addFiles?.(folder)
  const origin = `http://app.localhost:${port}`
  const seed = demoSeed('preview', { callbackOrigins: [origin] })
  const [, application] = seed.clients
  if (!application) throw new Error('The demo has lost its application.')
  application.callbacks?.push(origin + callback)
  application.allowed_logout_urls?.push(origin + loggedOut)
  const tenant = await startLocalTenant(seed, { port: 0, control: true })
  const variables = {
    PORT: String(port),
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: application.client_id,
  }
  if (build) await runInApp(folder, build, variables)
  const server = await serveApp(folder, serve(port), `http://localhost:${port}`, variables)
  return {
    site: { origin, folder, tenant, seed },
    close: () => Promise.all([server.close(), tenant.close()]),
  }
}

/** Playwright's `test` with an app that runs: `site`. */
export const hostTest = (app: HostApp) =>
  base.extend<object, { site: Site }>({
    site: [
      // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern.
      async ({}, use) => {
        const { site, close } = await startSite(app)
        await use(site)
        await close()
      },
      // The first time, everything is downloaded.
      { scope: 'worker', timeout: 300_000 },
    ],
  })

/**
 * Logs a visitor in and out. The app shows their e-mail address or “nobody” in a `status`, and has the buttons “Log in”
 * and “Log out”.
 */
export async function logInAndOut({ page, site }: { page: Page; site: Site }): Promise<void> {
  const status = page.getByRole('status')
  await page.goto(site.origin)
  await expect(status).toHaveText('nobody')
  await page.getByRole('button', { name: 'Log in' }).click()
  await logInAtTenant(page)
  await expect(status).toHaveText(people.manager.email)
  await page.reload()
  await expect(status).toHaveText(people.manager.email)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(status).toHaveText('nobody')
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
}
