// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProxyClient } from 'lowgate/contract/proxy-api'
import { forgetProxyAccess } from '../proxy-access.ts'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { Refusal, startTestProxy, type Call, type TestProxy } from '../testing/test-proxy.ts'
import ConnectionPanel from './ConnectionPanel.vue'

const token = `lge_0123456789abcdef_${'a'.repeat(43)}`
const newer = `lge_fedcba9876543210_${'b'.repeat(43)}`

let proxy: TestProxy
/** What the proxy refuses, by token. */
let refused: Record<string, string>

const refusing =
  (answer: () => unknown) =>
  ({ headers }: Call) => {
    const error = refused[headers.authorization?.slice('Bearer '.length) ?? '']
    return error ? new Refusal(error === 'not_permitted' ? 403 : 401, error) : answer()
  }

beforeEach(async () => {
  refused = {}
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  proxy = await startTestProxy({
    readAccess: refusing(() => ({ role: 'editor', environments: ['preview'], label: 'Mia', expiresAt })),
    listConnections: refusing(() => ({ connections: [] })),
    testConnection: refusing(() => undefined),
    list: () => ({ items: [], next: null }),
  })
})
afterEach(async () => {
  forgetProxyAccess('acme')
  await proxy.close()
})
enableAutoUnmount(afterEach)

const open = () => mountPanel(ConnectionPanel, { host: createTestHost(undefined) })

async function enter(panel: ReturnType<typeof open>, address = proxy.url, text = token) {
  await panel.type('Proxy address', address)
  await panel.type('Editor token', text)
  await panel.click('Connect')
}

describe('a host that names no proxy', () => {
  it('has the connection panel ask for its address and a token first', async () => {
    const panel = open()
    await panel.until(() => panel.field('Proxy address'))
    expect(panel.has('M2M client ID')).toBe(false)
    expect(panel.has('It keeps the secrets of project acme.')).toBe(true)
    expect(panel.field('Editor token').type).toBe('password')
    expect(proxy.calls).toEqual([])
  })

  it('is connected once the proxy accepts the token, which then goes to the proxy only', async () => {
    const panel = open()
    await enter(panel, ` ${proxy.url}/ `, ` ${token}\n`)
    await panel.until(() => panel.field('Domain'))
    await panel.until(() => panel.has(`Backend proxy ${new URL(proxy.url).host} · editor until `))
    expect(new Set(proxy.calls.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${token}`]),
    )
    expect(document.body.innerHTML).not.toContain(token)
    expect({ ...localStorage }).toEqual({})
    expect(document.cookie).toBe('')
  })

  it('keeps both for this tab, over a reload, until it is disconnected', async () => {
    const first = open()
    await enter(first)
    await first.until(() => first.field('Domain'))
    expect(sessionStorage.getItem('lowgate.proxy.acme')).toContain(token)
    first.wrapper.unmount()
    const second = open()
    await second.until(() => second.field('Domain'))
    await second.click('Disconnect')
    await second.until(() => second.field('Editor token').value === '')
    expect({ ...sessionStorage }).toEqual({})
    expect(second.has('M2M client ID')).toBe(false)
  })

  it.each([
    ['Proxy address', '', 'Fill in the address of the proxy.'],
    ['Proxy address', '/api/proxy', 'Fill in a whole address'],
    ['Proxy address', 'http://proxy.acme.example', 'It is not an https address'],
    ['Proxy address', 'https://mia:x@proxy.acme.example', 'holds a user name'],
    ['Editor token', '', 'Paste the editor token.'],
    ['Editor token', token.slice(0, -1), 'This is not a whole editor token'],
    ['Editor token', `lgo_${'a'.repeat(43)}`, 'This is the operator token'],
  ])('says at %s what is wrong with “%s”, and sends nothing', async (field, text, problem) => {
    const panel = open()
    await (field === 'Editor token' ? enter(panel, undefined, text) : enter(panel, text))
    await panel.until(() => panel.under(field)?.includes(problem))
    expect(proxy.calls).toEqual([])
    expect({ ...sessionStorage }).toEqual({})
  })

  it.each(['unauthorized', 'token_expired', 'token_revoked', 'not_permitted'])(
    'keeps nothing that the proxy answers with %s, and says why',
    async (error) => {
      refused[token] = error
      const panel = open()
      await enter(panel)
      await panel.until(() => panel.has(`Fix ${error}.`))
      expect(panel.field('Proxy address').value).toBe(proxy.url)
      expect({ ...sessionStorage }).toEqual({})
    },
  )

  it('says that the proxy may not let this page in when it cannot be reached', async () => {
    const panel = open()
    const { url } = proxy
    await proxy.close()
    await enter(panel, url)
    await panel.until(() => panel.has(`its operator adds ${location.origin} to ALLOWED_ORIGINS`))
  })

  it('asks for another token when the kept one has expired', async () => {
    const first = open()
    await enter(first)
    await first.until(() => first.field('Domain'))
    first.wrapper.unmount()
    refused[token] = 'token_expired'
    const second = open()
    await second.until(() => second.has('Fix token_expired.'))
    expect(second.field('Proxy address').value).toBe(proxy.url)
    await second.type('Editor token', newer)
    await second.click('Connect')
    await second.until(() => second.field('Domain'))
  })

  it('takes a new token in the middle of the work, which is not lost', async () => {
    const panel = open()
    await enter(panel)
    await panel.until(() => panel.field('Domain'))
    await panel.type('Domain', 't.auth0.com')
    await panel.type('M2M client ID', 'machine')
    await panel.type('M2M client secret', 'secret-1')
    refused[token] = 'token_expired'
    await panel.click('Test connection')
    await panel.until(() => panel.has('Fix token_expired.'))
    await panel.click('Change token')
    await panel.type('Editor token', newer)
    await panel.click('Connect')
    await panel.until(() => panel.button('Change token'))
    expect(panel.field('M2M client secret').value).toBe('secret-1')
    await panel.click('Test connection')
    await panel.until(
      () => proxy.callsOf('testConnection').at(-1)?.headers.authorization === `Bearer ${newer}`,
    )
  })

  it.each([
    '{',
    '{"url":"http://evil.test","token":"x"}',
    JSON.stringify({ url: 'http://evil.test', token }),
  ])('takes nothing from a storage that holds %s', async (kept) => {
    sessionStorage.setItem('lowgate.proxy.other', kept)
    const panel = mountPanel(ConnectionPanel, { host: createTestHost(undefined, { projectId: 'other' }) })
    await panel.until(() => panel.field('Proxy address'))
    expect(panel.field('Proxy address').value).toBe('')
    sessionStorage.clear()
  })
})

it('a host that makes the client itself has no such form', async () => {
  const own = createProxyClient({ url: proxy.url, token: () => token })
  const panel = mountPanel(ConnectionPanel, { host: createTestHost(undefined, { proxy: own }) })
  await panel.until(() => panel.field('Domain'))
  expect(panel.has('Backend proxy')).toBe(false)
  expect(proxy.calls[0]?.headers.authorization).toBe(`Bearer ${token}`)
})

it('no page sends a token over plain http to another machine, whatever allowHttp says', () => {
  const options = { url: 'http://proxy:4402', token, allowHttp: true }
  expect(() => createProxyClient(options)).toThrow('proxy/unsafe-url')
})
