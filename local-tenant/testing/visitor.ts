import type { Auth0Client, Auth0ClientOptions, User } from '@auth0/auth0-spa-js'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { TestApp } from './test-app.ts'

declare global {
  interface Window {
    auth0: { Auth0Client: new (options: Auth0ClientOptions) => Auth0Client }
    client: Auth0Client
    /** The code of what was thrown, or nothing when all went well. */
    failureOf(work: Promise<unknown>): Promise<string | undefined>
  }
}

export interface Visitor {
  context: BrowserContext
  page: Page
  /** Opens a page of the application and creates the SDK's client there, as the application's own code would. */
  open(path?: string): Promise<void>
  login(authorizationParams?: Record<string, unknown>): Promise<void>
  /** Fills the tenant's login page. */
  submitCredentials(email: string, password: string, page?: Page): Promise<void>
  /** Exchanges the code on the callback page. */
  finishLogin(): Promise<void>
  submitOneTimeCode(code: string): Promise<void>
  user(): Promise<User | undefined>
  idTokenClaims(): Promise<Record<string, unknown> | undefined>
  storedRefreshToken(): Promise<string | undefined>
  logout(logoutParams: Record<string, unknown>): Promise<void>
}

export interface VisitorOptions {
  app: TestApp
  client: Auth0ClientOptions
}

/** A fresh browser profile at an application that uses spa-js and nothing else. */
export async function createVisitor(browser: Browser, { app, client }: VisitorOptions): Promise<Visitor> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const options: Auth0ClientOptions = {
    ...client,
    authorizationParams: { redirect_uri: `${app.origin}/callback`, ...client.authorizationParams },
  }
  const createClient = () =>
    page.evaluate((settings) => {
      window.client = new window.auth0.Auth0Client(settings)
      window.failureOf = (work) =>
        work.then(
          () => undefined,
          (thrown: { error?: string }) => thrown.error ?? String(thrown),
        )
    }, options)

  return {
    context,
    page,
    async open(path = '/') {
      await page.goto(app.origin + path)
      await createClient()
    },
    async login(authorizationParams = {}) {
      await page.evaluate(
        (params) => void window.client.loginWithRedirect({ authorizationParams: params }),
        authorizationParams,
      )
      await page.waitForURL((url) => url.origin !== app.origin || url.pathname === '/callback')
    },
    async submitCredentials(email, password, target = page) {
      await target.getByLabel('Email address').fill(email)
      await target.getByLabel('Password', { exact: true }).fill(password)
      await target.getByRole('button', { name: 'Continue', exact: true }).click()
    },
    async finishLogin() {
      await page.waitForURL(`${app.origin}/callback?*`)
      await createClient()
      await page.evaluate(() => window.client.handleRedirectCallback())
    },
    async submitOneTimeCode(code) {
      await page.getByLabel('One-time code').fill(code)
      await page.getByRole('button', { name: 'Continue' }).click()
    },
    user: () => page.evaluate(() => window.client.getUser()),
    idTokenClaims: () => page.evaluate(() => window.client.getIdTokenClaims()),
    storedRefreshToken: () =>
      page.evaluate(() => {
        for (const text of Object.values(localStorage) as string[]) {
          const entry = JSON.parse(text) as { body?: { refresh_token?: string } }
          if (entry.body?.refresh_token) return entry.body.refresh_token
        }
        return undefined
      }),
    async logout(logoutParams) {
      const left = page.waitForEvent('framenavigated')
      await page.evaluate((params) => void window.client.logout({ logoutParams: params }), logoutParams)
      await left
      await page.waitForLoadState()
    },
  }
}
