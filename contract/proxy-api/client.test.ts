import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { ProxyError } from './index.ts'
import { Secret } from '../secret.ts'
import { createProxyClient, toProxyUrl } from './client.ts'
import { Refusal, startTestProxy, type Answer, type TestProxy } from '../../editor/testing/test-proxy.ts'

const params = { project: 'acme', environment: 'preview' } as const
const view = {
  environment: 'preview',
  domain: 't.auth0.com',
  m2mClientId: 'id',
  hasSecret: true,
  revision: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
}

let server: TestProxy
afterEach(() => server.close())

async function clientFor(answers: Record<string, Answer>) {
  server = await startTestProxy(answers)
  return createProxyClient({ url: server.url })
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('it did not fail'),
    (error: ProxyError) => error,
  )

describe('the proxy client', () => {
  it('asks the route of the contract and says that it is the editor', async () => {
    const client = await clientFor({ readConnection: () => view })
    expect(await client.readConnection({ params })).toEqual(view)
    expect(server.calls[0]).toMatchObject({ params, headers: { 'x-lowgate': 'editor' } })
  })

  it('sends a body as JSON', async () => {
    const client = await clientFor({ list: () => ({ items: [], next: null }) })
    await client.list({ params: { ...params, list: 'apis' }, body: { search: 'or' } })
    expect(server.calls[0]).toMatchObject({
      body: { search: 'or' },
      headers: { 'content-type': 'application/json' },
    })
  })

  it('keeps a parameter inside its place in the path', async () => {
    const client = await clientFor({ listConnections: () => ({ connections: [] }) })
    await client.listConnections({ params: { project: 'a/../b?c' } })
    expect(server.calls[0]?.params.project).toBe('a%2F..%2Fb%3Fc')
  })

  it('answers a deletion with nothing', async () => {
    const client = await clientFor({ deleteConnection: () => undefined })
    expect(await client.deleteConnection({ params })).toBeUndefined()
  })

  it('turns a refusal into an error with its words, fields, wait and reference', async () => {
    const client = await clientFor({
      saveConnection: () =>
        new Refusal(422, 'invalid_input', {
          errors: [{ field: 'domain', message: 'Leave out the path.' }],
          retry_after: 3,
        }),
    })
    const error = await failureOf(client.saveConnection({ params, body: { domain: 'x', m2mClientId: 'y' } }))
    expect(error).toMatchObject({
      code: 'proxy/invalid-input',
      title: 'It said invalid_input.',
      cure: 'Fix invalid_input.',
      field: 'domain',
      fields: [{ field: 'domain', message: 'Leave out the path.' }],
      retryAfter: 3,
      requestId: 'request-1',
    })
  })

  it('hands over the saved version of a conflict', async () => {
    const client = await clientFor({ saveConnection: () => new Refusal(409, 'conflict', { saved: view }) })
    const error = await failureOf(client.saveConnection({ params, body: { domain: 'x', m2mClientId: 'y' } }))
    expect(error.saved).toEqual(view)
  })

  it('says that the proxy is offline when nothing listens', async () => {
    const client = await clientFor({})
    await server.close()
    expect((await failureOf(client.liveness({}))).code).toBe('proxy/offline')
  })

  it('does not take an answer of another shape for a reply', async () => {
    const client = await clientFor({ readConnection: () => ({ domain: 5 }) })
    expect((await failureOf(client.readConnection({ params }))).code).toBe('proxy/internal')
  })

  it('does not take a refusal of another server for the proxy’s own', async () => {
    const client = await clientFor({})
    expect((await failureOf(client.readConnection({ params }))).code).toBe('proxy/internal')
  })

  it('rejects with the browser’s own error when it is aborted', async () => {
    const controller = new AbortController()
    const client = await clientFor({
      readConnection: () => new Promise(() => controller.abort()),
    })
    const error = await failureOf(client.readConnection({ params }, { signal: controller.signal }))
    expect(error.name).toBe('AbortError')
  })

  it('sends the token of the moment, and with it no cookie', async () => {
    server = await startTestProxy({ listConnections: () => ({ connections: [] }) })
    const requests: (RequestInit | undefined)[] = []
    const watched: typeof fetch = (input, init) => {
      requests.push(init)
      return fetch(input, init)
    }
    let count = 0
    const token = () => Promise.resolve(new Secret(`lge_${(count += 1)}`))
    const client = createProxyClient({ url: `${server.url}/`, token, fetch: watched })
    await client.listConnections({ params: { project: 'acme' } })
    await client.listConnections({ params: { project: 'acme' } })
    const sent = server.calls.map(({ headers }) => headers.authorization)
    expect(sent).toEqual(['Bearer lge_1', 'Bearer lge_2'])
    expect(requests.map((init) => init?.credentials)).toEqual(['omit', 'omit'])
    await createProxyClient({ url: server.url, fetch: watched }).listConnections({
      params: { project: 'acme' },
    })
    expect(server.calls[2]?.headers.authorization).toBeUndefined()
    expect(requests[2]?.credentials).toBe('same-origin')
  })

  it('is rejected with what the token function throws, and asks for nothing then', async () => {
    server = await startTestProxy()
    const expired = new Error('log in again')
    const client = createProxyClient({ url: server.url, token: () => Promise.reject(expired) })
    expect(await failureOf(client.readConnection({ params }))).toBe(expired)
    expect(server.calls).toEqual([])
  })

  it('follows no redirect, which could carry the token elsewhere', async () => {
    server = await startTestProxy({ listConnections: () => ({ connections: [] }) })
    const moved = createServer((_, response) =>
      response.writeHead(307, { location: `${server.url}/projects/acme/connections` }).end(),
    ).listen(0, '127.0.0.1')
    await once(moved, 'listening')
    const url = `http://127.0.0.1:${(moved.address() as AddressInfo).port}`
    const client = createProxyClient({ url, token: 'lge_1' })
    const error = await failureOf(client.listConnections({ params: { project: 'acme' } }))
    expect(error.code).toBe('proxy/offline')
    expect(server.calls).toEqual([])
    moved.close()
  })
})

describe('the address of a proxy', () => {
  it.each([
    ['https://Proxy.acme.example/', 'https://proxy.acme.example'],
    ['https://acme.example/tools/proxy//', 'https://acme.example/tools/proxy'],
    ['http://localhost:4402', 'http://localhost:4402'],
    ['http://127.0.0.1:4402/', 'http://127.0.0.1:4402'],
  ])('%s is used', (url, used) => {
    expect(toProxyUrl(url)).toBe(used)
  })

  it.each([
    '',
    'proxy.acme.example',
    '/api/proxy',
    'http://proxy.acme.example',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
    'http://localhost@evil.test',
    'https://mia:secret@proxy.acme.example',
    'https://mia@proxy.acme.example',
    'https://proxy.acme.example/?token=x',
    'https://proxy.acme.example/#x',
    'ws://localhost:4402',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('%s is refused before anything is sent', (url) => {
    expect(() => createProxyClient({ url, token: 'lge_1' })).toThrow('proxy/unsafe-url')
  })

  it.each(['http://mia:secret@proxy:4402', 'http://proxy:4402/?token=x', 'ws://proxy:4402'])(
    '%s is refused even where a server may use http',
    (url) => {
      expect(toProxyUrl('http://proxy:4402', { allowHttp: true })).toBe('http://proxy:4402')
      expect(() => toProxyUrl(url, { allowHttp: true })).toThrow('proxy/unsafe-url')
    },
  )
})
