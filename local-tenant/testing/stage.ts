import type { Auth0ClientOptions } from '@auth0/auth0-spa-js'
import { chromium } from '@playwright/test'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { connectControl, type TenantControl, type TenantSeed } from '../index.ts'
import { ada, startDemoTenant, type DemoTenant } from './demo-tenant.ts'
import { startTestApp, type TestApp } from './test-app.ts'
import { createVisitor, type Visitor } from './visitor.ts'

export interface Stage {
  tenant: DemoTenant
  control: TenantControl
  app: TestApp
  /** A fresh browser at the application. */
  visit(options?: Partial<Auth0ClientOptions>): Promise<Visitor>
  /** The same, with Ada logged in. */
  loggedIn(options?: Partial<Auth0ClientOptions>): Promise<Visitor>
}

/** A demo tenant, an application with spa-js and a browser for the tests of one file. */
export function setStage(change?: (seed: TenantSeed, app: TestApp) => void): Stage {
  const visitors: Visitor[] = []
  const stage = {} as Stage
  let close: () => Promise<unknown>

  beforeAll(async () => {
    const app = await startTestApp()
    const [tenant, browser] = await Promise.all([
      startDemoTenant({ app: app.origin, change: (seed) => change?.(seed, app) }),
      chromium.connect(inject('browserEndpoint')),
    ])
    const visit: Stage['visit'] = async (options = {}) => {
      const client = { domain: tenant.url, clientId: tenant.clientId, ...options }
      const visitor = await createVisitor(browser, { app, client })
      visitors.push(visitor)
      await visitor.open()
      return visitor
    }
    const loggedIn: Stage['loggedIn'] = async (options) => {
      const visitor = await visit(options)
      await visitor.login()
      await visitor.submitCredentials(ada.email, ada.password)
      await visitor.finishLogin()
      return visitor
    }
    Object.assign(stage, { tenant, control: connectControl(tenant.url), app, visit, loggedIn })
    close = () => Promise.all([tenant.close(), app.close(), browser.close()])
  })
  afterEach(() => Promise.all(visitors.splice(0).map(({ context }) => context.close())))
  afterAll(() => close())
  return stage
}
