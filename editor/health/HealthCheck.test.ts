// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Finding, HealthReport } from 'lowgate/contract/proxy-api'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { Refusal, startTestProxy, type TestProxy } from '../testing/test-proxy.ts'
import HealthCheck from './HealthCheck.vue'

const missing: Finding = {
  code: 'callback-missing',
  severity: 'error',
  title: 'The callback is not allowed.',
  why: 'No login comes back.',
  where: 'Auth0 › Applications › Shop › Settings',
  owner: 'tenant administrator',
  value: 'http://localhost:4403/callback',
  fix: { field: 'callbacks', add: ['http://localhost:4403/callback'] },
}

let proxy: TestProxy
let findings: Finding[]

beforeEach(async () => {
  findings = [missing]
  proxy = await startTestProxy({
    listConnections: () => ({ connections: [] }),
    healthCheck: (): HealthReport => ({
      findings,
      checks: [
        { code: 'callback-missing', title: 'Callbacks', outcome: findings.length ? 'found' : 'passed' },
        { code: 'roles-claim', title: 'Roles', outcome: 'not-checked', reason: 'read:actions is missing' },
      ],
      checkedAt: new Date().toISOString(),
    }),
    fixApplication: ({ body }) => {
      if (body.apply) findings = []
      return {
        clientId: 'spa',
        applicationName: 'Shop',
        changes: [{ field: 'callbacks', before: ['https://old.example/callback'], added: [missing.value] }],
        applied: Boolean(body.apply),
      }
    },
  })
})
afterEach(() => proxy.close())
enableAutoUnmount(afterEach)

const open = (props: Record<string, unknown> = {}) =>
  mountPanel(HealthCheck, { host: createTestHost(proxy.url), environment: 'preview', ...props })

describe('the health check', () => {
  it('asks nothing of the tenant before it is told to', () => {
    open()
    expect(proxy.calls).toHaveLength(0)
  })

  it('sends what the sites will send, and shows what, why, where and the exact string', async () => {
    const panel = open()
    await panel.click('Check now')
    await panel.until(() => panel.has('The callback is not allowed.'))
    expect(proxy.callsOf('healthCheck')[0]?.body).toMatchObject({
      use: { sites: [{ callback: 'http://localhost:4403/callback', webOrigin: 'http://localhost:4403' }] },
    })
    expect(panel.has('No login comes back.')).toBe(true)
    expect(panel.has('Auth0 › Applications › Shop › Settings')).toBe(true)
    expect(panel.button('Copy http://localhost:4403/callback')).toBeTruthy()
    expect(panel.has('not checked: read:actions is missing')).toBe(true)
  })

  it('runs by itself before publishing, and tells the host what it found', async () => {
    const reports: HealthReport[] = []
    const panel = open({ auto: true, onChecked: (report: HealthReport) => reports.push(report) })
    await panel.until(() => reports.length)
    expect(reports).toMatchObject([{ findings: [{ severity: 'error' }] }])
  })

  it('shows the change before it makes it, and checks again afterwards', async () => {
    const panel = open({ auto: true })
    await panel.until(() => panel.button('Fix it: The callback is not allowed.'))
    await panel.click('Fix it: The callback is not allowed.')
    await panel.until(() => panel.has('https://old.example/callback'))
    expect(proxy.callsOf('fixApplication').map(({ body }) => body.apply)).toEqual([false])
    await panel.click('Add to Auth0')
    await panel.until(() => panel.has('Nothing blocks a login.'))
    expect(proxy.callsOf('fixApplication').map(({ body }) => body.apply)).toEqual([false, true])
  })

  it('names the scope that a fix lacks, and changes nothing', async () => {
    proxy.answers.fixApplication = () => new Refusal(403, 'insufficient_scope')
    const panel = open({ auto: true })
    await panel.until(() => panel.button('Fix it: The callback is not allowed.'))
    await panel.click('Fix it: The callback is not allowed.')
    await panel.until(() => panel.has('Fix insufficient_scope.'))
    expect(() => panel.button('Add to Auth0')).toThrow()
  })

  it('says why it could not check, tells the host so, and can try again', async () => {
    const told: string[] = []
    const answer = proxy.answers.healthCheck
    proxy.answers.healthCheck = () => new Refusal(429, 'rate_limited')
    const panel = open({
      auto: true,
      onFailed: () => told.push('failed'),
      onChecked: () => told.push('checked'),
    })
    await panel.until(() => panel.has('Fix rate_limited.'))
    expect(told).toEqual(['failed'])
    if (answer) proxy.answers.healthCheck = answer
    await panel.click('Try again')
    await panel.until(() => panel.has('The callback is not allowed.'))
  })
})
