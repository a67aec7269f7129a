// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from 'lowgate/contract/proxy-api'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { Refusal, startTestProxy, type Call, type TestProxy } from '../testing/test-proxy.ts'
import ConnectionPanel from './ConnectionPanel.vue'

const spa = { value: 'spa-1', label: 'Acme site', detail: 'spa-1' }
const saved: ConnectionView = {
  environment: 'preview',
  domain: 't.auth0.com',
  m2mClientId: 'machine',
  hasSecret: true,
  clientId: 'spa-1',
  revision: 4,
  updatedAt: '2026-01-01T00:00:00.000Z',
}

let proxy: TestProxy
let connections: ConnectionView[]

const listAnswer = ({ params }: Call) =>
  params.list === 'applications'
    ? { items: [spa], next: null, chosen: [spa] }
    : { items: [], next: null, chosen: [] }

beforeEach(async () => {
  connections = []
  proxy = await startTestProxy({
    listConnections: () => ({ connections }),
    list: listAnswer,
    saveConnection: ({ params, body }) => {
      const { domain, m2mClientId, revision } = body
      return {
        ...saved,
        domain,
        m2mClientId,
        environment: params.environment,
        revision: Number(revision) + 1,
      }
    },
    testConnection: ({ body }) => ({
      domain: (body.credentials as { domain: string } | undefined)?.domain ?? 't.auth0.com',
      issuer: 'https://t.auth0.com/',
      scopes: { granted: [], missing: [] },
    }),
  })
})
afterEach(() => proxy.close())
enableAutoUnmount(afterEach)

async function open() {
  const host = createTestHost(proxy.url)
  const panel = mountPanel(ConnectionPanel, { host })
  await panel.until(() => panel.field('Domain'))
  return { host, ...panel }
}

async function fillIn(panel: Awaited<ReturnType<typeof open>>, secret = 'secret-1') {
  await panel.type('Domain', 't.auth0.com')
  await panel.type('M2M client ID', 'machine')
  await panel.type('M2M client secret', secret)
}

describe('the connection panel', () => {
  it('offers preview and production first, and the others to add', async () => {
    const panel = await open()
    const tabs = panel.wrapper.findAll('[role=tab]').map((tab) => tab.text())
    expect(tabs).toEqual(['Preview', 'Production'])
    expect(panel.button('Add environment')).toBeTruthy()
    expect(panel.has('nobody can log in on Preview')).toBe(true)
  })

  it('tidies a pasted domain when the builder leaves the field', async () => {
    const panel = await open()
    await panel.type('Domain', ' https://T.EU.Auth0.com/ ')
    await panel.until(() => panel.field('Domain').value === 't.eu.auth0.com')
  })

  it('says at the domain how to fix it, and keeps what was typed', async () => {
    const panel = await open()
    await panel.type('Domain', 't.auth0.com/login')
    expect(panel.under('Domain')).toContain('only “t.auth0.com”')
    expect(panel.field('Domain').value).toBe('t.auth0.com/login')
    expect(proxy.callsOf('list')).toHaveLength(0)
  })

  it('loads the lists by itself once the credentials could work, the applications first', async () => {
    const panel = await open()
    await fillIn(panel)
    await panel.until(() => proxy.callsOf('list').length === 4)
    expect(proxy.callsOf('list')[0]?.params.list).toBe('applications')
    expect(proxy.callsOf('list')[0]?.body.credentials).toEqual({
      domain: 't.auth0.com',
      m2mClientId: 'machine',
      m2mClientSecret: 'secret-1',
    })
    expect(proxy.callsOf('saveConnection')).toHaveLength(0)
  })

  it('says at the secret that the tenant refuses it, after only one request', async () => {
    proxy.answers.list = () => new Refusal(422, 'invalid_credentials')
    const panel = await open()
    await fillIn(panel, 'wrong')
    await panel.until(() => panel.under('M2M client secret')?.includes('Fix invalid_credentials.'))
    expect(panel.field('M2M client secret').value).toBe('wrong')
    expect(proxy.callsOf('list')).toHaveLength(1)
  })

  it('says once that the tenant refuses the secret, when a test finds it again', async () => {
    proxy.answers.list = () => new Refusal(422, 'invalid_credentials')
    proxy.answers.testConnection = () => new Refusal(422, 'invalid_credentials')
    const panel = await open()
    await fillIn(panel, 'wrong')
    await panel.until(() => panel.under('M2M client secret')?.includes('Fix invalid_credentials.'))
    await panel.click('Test connection')
    await panel.until(
      () => proxy.callsOf('testConnection').length === 1 && !panel.button('Test connection').ariaBusy,
    )
    expect(panel.under('M2M client secret')).toContain('Fix invalid_credentials.')
    expect(panel.wrapper.findAll('.list-error')).toHaveLength(0)
  })

  it('says at the domain that it cannot be reached', async () => {
    proxy.answers.testConnection = () => new Refusal(502, 'unreachable')
    const panel = await open()
    await fillIn(panel)
    await panel.click('Test connection')
    await panel.until(() => panel.under('Domain')?.includes('Fix unreachable.'))
  })

  it('names the scope that one list lacks, while the others work', async () => {
    proxy.answers.list = (call) =>
      call.params.list === 'organizations' ? new Refusal(403, 'insufficient_scope') : listAnswer(call)
    const panel = await open()
    await fillIn(panel)
    await panel.until(() => panel.has('This list needs one more permission'))
    expect(panel.wrapper.findAll('.list-error')).toHaveLength(1)
    expect(panel.wrapper.find('.list-error').text()).toContain('read:organizations')
  })

  it('tests typed credentials without saving them, and names missing scopes to copy', async () => {
    proxy.answers.testConnection = () => ({
      domain: 't.auth0.com',
      issuer: 'https://t.auth0.com/',
      scopes: { granted: ['read:clients'], missing: ['read:connections'] },
    })
    const panel = await open()
    await fillIn(panel)
    await panel.click('Test connection')
    await panel.until(() => panel.has('some lists stay empty'))
    expect(panel.wrapper.find('section .notice').text()).toContain('read:connections')
    expect(panel.has('Auth0 Management API › Machine to Machine Applications')).toBe(true)
    expect(proxy.callsOf('saveConnection')).toHaveLength(0)
  })

  it('asks for what is missing before it tests anything', async () => {
    const panel = await open()
    await panel.click('Test connection')
    expect(panel.under('Domain')).toContain('Fill in the domain')
    expect(panel.under('M2M client secret')).toContain('Fill in the client secret')
    expect(proxy.callsOf('testConnection')).toHaveLength(0)
  })

  it('saves, forgets the typed secret and hands the host what may ship', async () => {
    const panel = await open()
    await fillIn(panel)
    await panel.click('Save')
    await panel.until(() => panel.has('Preview uses t.auth0.com.'))
    expect(panel.field('M2M client secret').value).toBe('')
    expect(panel.host.settings.connections.preview).toEqual({ domain: 't.auth0.com', clientId: 'spa-1' })
    expect(JSON.stringify(panel.host.settings)).not.toContain('secret-1')
  })

  it('tests a saved connection without asking for its secret', async () => {
    connections = [saved]
    const panel = await open()
    await panel.click('Test connection')
    await panel.until(() => panel.has('t.auth0.com accepts these credentials.'))
    expect(proxy.callsOf('testConnection')[0]?.body).toEqual({})
  })

  it('asks for the secret again when a saved connection would go elsewhere', async () => {
    connections = [saved]
    const panel = await open()
    await panel.type('Domain', 'other.auth0.com')
    await panel.click('Save')
    await panel.until(() =>
      panel.under('M2M client secret')?.includes('type the secret that belongs to them'),
    )
    expect(proxy.callsOf('saveConnection')).toHaveLength(0)
  })

  it('shows which connection is in force where there is none', async () => {
    connections = [{ ...saved, environment: 'production' }]
    const panel = await open()
    expect(panel.has('Preview has no connection of its own, so the one of Production is in force')).toBe(true)
  })

  it('keeps unsaved changes while another environment is looked at', async () => {
    const panel = await open()
    await panel.type('Domain', 'typed.auth0.com')
    const [preview, production] = panel.wrapper.findAll('[role=tab]')
    await production?.trigger('mousedown')
    await panel.until(() => panel.field('Domain').value === '')
    await preview?.trigger('mousedown')
    await panel.until(() => panel.field('Domain').value === 'typed.auth0.com')
    expect(preview?.text()).toContain('Unsaved')
  })

  it('says that a chosen application is not in this tenant', async () => {
    connections = [{ ...saved, clientId: 'gone' }]
    proxy.answers.list = () => ({ items: [spa], next: null, chosen: [] })
    const panel = await open()
    await panel.until(() => panel.under('SPA application')?.includes('This tenant has no such entry (gone)'))
    expect(panel.field('SPA application').value).toBe('gone')
  })

  it('deletes after asking, and takes the connection out of what ships', async () => {
    connections = [saved]
    proxy.answers.deleteConnection = () => undefined
    const panel = await open()
    panel.host.settings = { connections: { preview: { domain: 't.auth0.com', clientId: 'spa-1' } } }
    await panel.click('Delete')
    await panel.until(() => panel.has('Delete the preview connection?'))
    expect(proxy.callsOf('deleteConnection')).toHaveLength(0)
    await panel.click('Delete connection')
    await panel.until(() => panel.has('nobody can log in on Preview'))
    expect(panel.host.settings.connections).toEqual({})
  })

  it('offers to try again when the proxy cannot be reached', async () => {
    proxy.answers.listConnections = () => new Refusal(503, 'not_ready')
    const panel = mountPanel(ConnectionPanel, { host: createTestHost(proxy.url) })
    await panel.until(() => panel.has('Fix not_ready.'))
    proxy.answers.listConnections = () => ({ connections: [] })
    await panel.click('Try again')
    await panel.until(() => panel.field('Domain'))
  })
})
