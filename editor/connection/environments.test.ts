// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EditorHost } from 'lowgate/contract'
import type { ConnectionView } from 'lowgate/contract/proxy-api'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { Refusal, startTestProxy, type TestProxy } from '../testing/test-proxy.ts'
import ConnectionPanel from './ConnectionPanel.vue'
import CompareDialog from './CompareDialog.vue'
import CopyDialog from './CopyDialog.vue'
import type { Connections } from './use-connections.ts'
import { useConnections } from './use-connections.ts'

const preview: ConnectionView = {
  environment: 'preview',
  domain: 't.auth0.com',
  m2mClientId: 'machine',
  hasSecret: true,
  clientId: 'spa-preview',
  audience: 'https://api.acme.example',
  revision: 4,
  updatedAt: '2026-01-01T00:00:00.000Z',
}
const applications = ['spa-preview', 'spa-production'].map((value) => ({
  value,
  label: `Application ${value}`,
}))

let proxy: TestProxy
let findings: unknown[]

beforeEach(async () => {
  findings = []
  proxy = await startTestProxy({
    listConnections: () => ({ connections: [preview] }),
    list: ({ params }) => ({ items: params.list === 'applications' ? applications : [], next: null }),
    saveConnection: ({ params, body: { domain, m2mClientId, clientId, revision } }) => ({
      domain,
      m2mClientId,
      clientId,
      environment: params.environment,
      hasSecret: true,
      revision: Number(revision) + 1,
      updatedAt: '2026-01-01T00:00:00.000Z',
    }),
    healthCheck: () => ({ findings, checks: [], checkedAt: '2026-01-01T00:00:00.000Z' }),
  })
})
afterEach(() => proxy.close())
enableAutoUnmount(afterEach)

const sites: EditorHost['sites'] = { production: { origin: 'https://www.acme.example', basePath: '/' } }

async function openCopy(to: 'staging' | 'production', changes: Partial<EditorHost> = {}) {
  const host = createTestHost(proxy.url, { sites, ...changes })
  const connections: Connections = useConnections(() => host)
  const panel = mountPanel(CopyDialog, { host, connections, from: 'preview', to, open: false })
  await panel.until(() => connections.status.value === 'ready')
  await panel.wrapper.setProps({ open: true })
  return { host, ...panel }
}

async function pick(panel: Awaited<ReturnType<typeof openCopy>>, name: string) {
  await panel.until(() => panel.field('SPA application of Production').placeholder === 'Choose…')
  panel.field('SPA application of Production').click()
  const option = () =>
    [...document.querySelectorAll<HTMLElement>('[role=option]')].find((one) =>
      one.textContent?.includes(name),
    )
  await panel.until(() => option() !== undefined)
  option()?.click()
}

describe('copying an environment', () => {
  it('copies the secret on the server, and hands the host what may ship', async () => {
    const panel = await openCopy('staging')
    await panel.click('Copy to Staging')
    await panel.until(() => panel.host.settings.connections.staging)
    expect(proxy.callsOf('saveConnection')[0]).toMatchObject({
      params: { environment: 'staging' },
      body: { domain: 't.auth0.com', clientId: 'spa-preview', secretFrom: 'preview', revision: 0 },
    })
  })

  it('gives production an application of its own, after the health check found nothing dangerous in it', async () => {
    const panel = await openCopy('production')
    await pick(panel, 'spa-production')
    await panel.click('Copy to Production')
    await panel.until(() => panel.host.settings.connections.production)
    expect(proxy.callsOf('saveConnection').map(({ body }) => body.clientId)).toEqual(['spa-production'])
    expect(proxy.callsOf('healthCheck')[0]).toMatchObject({
      params: { environment: 'production' },
      body: {
        credentials: { domain: 't.auth0.com', secretFrom: 'preview' },
        choices: { clientId: 'spa-production' },
      },
    })
  })

  it('refuses the application that preview uses', async () => {
    const panel = await openCopy('production')
    await pick(panel, 'spa-preview')
    await panel.until(() => panel.has('Preview uses the same SPA application'))
    expect(panel.button('Copy to Production').disabled).toBe(true)
  })

  it('refuses an application with wildcards, and saves nothing of it', async () => {
    findings = [
      {
        code: 'wildcard-address',
        severity: 'warning',
        title: 'https://*.acme.example allows more than one address',
        why: '',
        where: 'Auth0 › Applications',
        owner: 'tenant administrator',
      },
    ]
    const panel = await openCopy('production')
    await pick(panel, 'spa-production')
    await panel.click('Copy to Production')
    await panel.until(() => panel.has('https://*.acme.example allows more than one address'))
    expect(panel.host.settings.connections.production).toBeUndefined()
    expect(proxy.callsOf('saveConnection')).toEqual([])
    expect(panel.button('Copy to Production').disabled).toBe(true)
  })
})

describe('comparing environments', () => {
  it('shows both side by side, marks what differs, and of a secret only that there is one', async () => {
    const host = createTestHost(proxy.url)
    const connections = useConnections(() => host)
    const panel = mountPanel(CompareDialog, { connections, environment: 'preview', open: false })
    await panel.until(() => connections.status.value === 'ready')
    await panel.wrapper.setProps({ open: true })
    await panel.until(() => panel.has('Compare environments'))
    const words = (element: Element) => element.textContent?.replace(/\s+/g, ' ').trim()
    const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(words).join(' | '),
    )
    expect(rows).toContain('Domain Different | t.auth0.com | None')
    expect(rows).toContain('M2M client secret Different | •••••••• saved | None')
    expect(rows).toContain('Organization | None | None')
  })
})

describe('a conflict', () => {
  const theirs = { ...preview, audience: 'https://theirs.example', revision: 5 }

  async function open() {
    proxy.answers.saveConnection = ({ body }) =>
      body.revision === 5
        ? { ...theirs, ...{ domain: body.domain, revision: 6 } }
        : new Refusal(409, 'conflict', { saved: theirs })
    const host = createTestHost(proxy.url)
    const panel = mountPanel(ConnectionPanel, { host })
    await panel.until(() => panel.field('Domain'))
    await panel.type('M2M client secret', 'mine')
    await panel.until(() => !panel.button('Save').disabled)
    await panel.click('Save')
    await panel.until(() => panel.has('Somebody else changed the preview connection'))
    return panel
  }

  it('shows both versions, and saves mine over the newer one when told to', async () => {
    const panel = await open()
    expect(panel.has('https://theirs.example')).toBe(true)
    await panel.click('Save mine over it')
    await panel.until(() => proxy.callsOf('saveConnection').length === 2)
    expect(proxy.callsOf('saveConnection')[1]?.body).toMatchObject({ revision: 5, m2mClientSecret: 'mine' })
  })

  it('takes the saved one instead when told to', async () => {
    const panel = await open()
    await panel.click('Use the saved one')
    await panel.until(() => panel.field('API audience').value === 'https://theirs.example')
    expect(panel.field('M2M client secret').value).toBe('')
    expect(proxy.callsOf('saveConnection')).toHaveLength(1)
  })
})

describe('a host that hands over a new object at every change', () => {
  it('costs no request, as long as project and proxy are the same', async () => {
    const host = createTestHost(proxy.url)
    const panel = mountPanel(ConnectionPanel, { host })
    await panel.until(() => proxy.callsOf('list').length === 4)
    await panel.wrapper.setProps({ host: { ...host, pages: [...host.pages] } })
    await new Promise((resolve) => setTimeout(resolve, 900))
    expect(proxy.callsOf('list')).toHaveLength(4)
    expect(proxy.callsOf('listConnections')).toHaveLength(1)
  })
})
