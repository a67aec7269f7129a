// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PreflightReport } from 'lowgate/contract/proxy-api'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { startTestProxy, type TestProxy } from '../testing/test-proxy.ts'
import LoginPreflight from './LoginPreflight.vue'

let proxy: TestProxy
let report: PreflightReport

beforeEach(async () => {
  report = { url: 'https://t.auth0.com/authorize?x=1', outcome: 'login-page', host: 't.auth0.com' }
  proxy = await startTestProxy({ preflight: () => report })
})
afterEach(() => proxy.close())
enableAutoUnmount(afterEach)

const connections = { production: { domain: 't.auth0.com', clientId: 'spa' } }
const open = (settings = { connections }) =>
  mountPanel(LoginPreflight, {
    host: createTestHost(proxy.url, { settings }),
    environment: 'preview',
    args: { connection: 'google-oauth2', loginHint: { bind: 'page.email' } },
  })

describe('trying a login', () => {
  it('asks with the callback of the site and the connection in force, and says what was left out', async () => {
    const panel = open()
    await panel.click('Try this login')
    await panel.until(() => panel.has('A visitor of Preview gets to the login page (t.auth0.com).'))
    expect(proxy.callsOf('preflight')[0]).toMatchObject({
      params: { environment: 'production' },
      body: { callback: 'http://localhost:4403/callback', login: { connection: 'google-oauth2' } },
    })
    expect(panel.has('Not tried, since only a visitor’s page knows: Login hint.')).toBe(true)
  })

  it('says what to do about a refusal', async () => {
    report = {
      ...report,
      outcome: 'refused',
      finding: {
        code: 'callback-missing',
        severity: 'error',
        title: 'The callback is not allowed.',
        why: 'No login comes back.',
        where: 'Auth0 › Applications',
        owner: 'tenant administrator',
        value: 'http://localhost:4403/callback',
      },
    }
    const panel = open()
    await panel.click('Try this login')
    await panel.until(() => panel.has('Auth0 refuses this login.'))
    expect(panel.button('Copy http://localhost:4403/callback')).toBeTruthy()
  })

  it('is not offered where no connection is in force', () => {
    const panel = open({ connections: {} as typeof connections })
    expect(() => panel.button('Try this login')).toThrow()
  })
})
