import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../index.ts'
import { forwardToProxy, largestRequest, type ForwardOptions } from './index.ts'

const received: { url: string; method: string; headers: IncomingHttpHeaders; body: string }[] = []
const usual = (response: ServerResponse) =>
  response
    .writeHead(422, {
      'content-type': 'application/json',
      'retry-after': '7',
      'set-cookie': 'a=b',
      'x-powered-by': 'proxy',
      'access-control-allow-origin': '*',
    })
    .end('{"error":"x"}')
let answer = usual
let proxy: Server
let url: string

beforeAll(async () => {
  proxy = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    received.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, body })
    answer(response)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})
beforeEach(() => {
  received.length = 0
  answer = usual
})
afterAll(() => proxy.close())

const connections = '/projects/acme/connections'
const connection = '/projects/acme/environments/preview/connection'

/** What the editor's page of a host sends to the host's server, which lets editors of `acme` through. */
function send(path: string, init: RequestInit = {}, options: Partial<ForwardOptions> = {}) {
  const forward = forwardToProxy({
    url,
    token: new Secret('operator-canary'),
    prefix: '/api/proxy',
    allow: (project) => (project === 'acme' ? 'editor' : undefined),
    ...options,
  })
  const headers = { 'x-lowgate': 'editor', ...(init.headers as Record<string, string>) }
  return forward(new Request(`https://editor.acme.example/api/proxy${path}`, { ...init, headers }))
}

describe('forwarding to the backend proxy', () => {
  it('adds the token, and hands back status and body', async () => {
    const response = await send(connection, {
      method: 'PUT',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({ error: 'x' })
    expect(received).toMatchObject([
      {
        url: connection,
        method: 'PUT',
        body: '{"a":1}',
        headers: { authorization: 'Bearer operator-canary', 'content-type': 'application/json' },
      },
    ])
  })

  it('passes on no header but three, so that none is smuggled', async () => {
    await send(connections, {
      headers: {
        accept: 'application/json',
        host: 'evil.test',
        connection: 'authorization, x-lowgate',
        'keep-alive': '1',
        te: 'trailers',
        upgrade: 'websocket',
        'proxy-authorization': 'Basic x',
        cookie: 'session=1',
        authorization: 'Bearer mine',
        origin: 'https://editor.acme.example',
        forwarded: 'for=1.2.3.4',
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-host': 'evil.test',
        'x-http-method-override': 'DELETE',
        'x-original-url': '/projects/other/connections',
      },
    })
    const { headers } = received[0] ?? {}
    expect(headers).toMatchObject({
      host: new URL(url).host,
      connection: 'keep-alive',
      authorization: 'Bearer operator-canary',
      'x-lowgate': 'editor',
    })
    const own = ['host', 'connection', 'authorization', 'x-lowgate', 'accept']
    const ofFetch = ['accept-language', 'sec-fetch-mode', 'user-agent', 'accept-encoding']
    expect(Object.keys(headers ?? {}).filter((name) => ![...own, ...ofFetch].includes(name))).toEqual([])
  })

  it('gives the browser four headers, and neither the token nor a cookie', async () => {
    const response = await send(connections)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'retry-after': '7',
    })
    expect(await response.text()).not.toContain('operator-canary')
  })

  it.each([
    '/projects/other/connections',
    '/projects/acme/../other/connections',
    '/projects/acme/%2e%2e/other/connections',
  ])('refuses %s, of a project that the host does not allow', async (path) => {
    const response = await send(path)
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([
      403,
      'not_permitted',
    ])
    expect(received).toEqual([])
  })

  it.each([
    '',
    '/',
    '/liveness',
    '/openapi.json',
    '/projects',
    '/projects/acme',
    '/projects/acme/connections/',
    '/projects/acme//connections',
    '/projects/acme/connections;x',
    '/projects/acme/connections%00',
    '/projects/acme/connections%2f..%2f..%2fother',
    '/projects/acme%2f..%2fother/connections',
    '/projects/..%2fother/connections',
    '/projects/..%5cother/connections',
    '/projects/%61cme/connections',
    '/projects/Acme/connections',
    '/projects/acme/environments/nowhere/connection',
    '/projects/acme/environments/preview/connection/../../../../../liveness',
    '/../projects/acme/connections',
    '/%2e%2e/proxy2/projects/acme/connections',
    '@evil.test/projects/acme/connections',
    '//evil.test/projects/acme/connections',
  ])('answers 404 at %j, which is not a route of the proxy', async (path) => {
    expect((await send(path)).status).toBe(404)
    expect(received).toEqual([])
  })

  it('answers 404 to methods that a route does not have', async () => {
    for (const method of ['HEAD', 'POST', 'PATCH', 'OPTIONS'])
      expect((await send(connections, { method })).status).toBe(404)
    expect(received).toEqual([])
  })

  it('leaves the query behind', async () => {
    await send(`${connections}?token=x&project=other`)
    expect(received.map((request) => request.url)).toEqual([connections])
  })

  it('refuses what a form of another site could send', async () => {
    for (const header of ['', 'other']) {
      const response = await send(connection, { method: 'DELETE', headers: { 'x-lowgate': header } })
      expect(response.status).toBe(403)
    }
    expect(received).toEqual([])
  })

  it('lets a caller do no more than the role that the host names', async () => {
    const as = (role: 'viewer' | 'editor' | 'owner') => ({ allow: () => role })
    const status = async (...args: Parameters<typeof send>) => (await send(...args)).status
    expect(await status(connection, { method: 'DELETE' }, as('viewer'))).toBe(403)
    expect(await status('/projects/acme/tokens', {}, as('editor'))).toBe(403)
    expect(received).toEqual([])
    expect(await status(connections, {}, as('viewer'))).toBe(422)
    expect(await status('/projects/acme/tokens', {}, as('owner'))).toBe(422)
  })

  it('reads no more of a body than the proxy would', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(16 * 1024))
      },
    })
    const init = { method: 'PUT', body: endless, duplex: 'half' } as RequestInit
    expect((await send(connection, init)).status).toBe(413)
    expect(pulled).toBeLessThan(10)
    expect(received).toEqual([])
    expect((await send(connection, { method: 'PUT', body: ' '.repeat(largestRequest) })).status).toBe(422)
  })

  it.each([
    ['redirects', (response: ServerResponse) => response.writeHead(302, { location: '/' }).end()],
    [
      'is a page of another server',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>'),
    ],
    ['breaks off', (response: ServerResponse) => response.destroy()],
  ])('says that the proxy is offline when its answer %s', async (_, change) => {
    answer = change as typeof answer
    const response = await send(connections)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ error: 'offline' })
    expect(received).toHaveLength(1)
  })

  it('hands an answer without a body back as one', async () => {
    answer = (response) => response.writeHead(204).end()
    const response = await send(connection, { method: 'DELETE' })
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('asks for the token before each request, and leaves its failure to the host', async () => {
    let count = 0
    const token = () => Promise.resolve(`token-${(count += 1)}`)
    await send(connections, {}, { token })
    await send(connections, {}, { token })
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
    const failing = () => Promise.reject(new Error('no token'))
    await expect(send(connections, {}, { token: failing })).rejects.toThrow('no token')
  })

  it('sends no token over plain http to another machine', () => {
    const options = { token: 'x', prefix: '', allow: () => undefined }
    expect(() => forwardToProxy({ ...options, url: 'http://proxy.acme.example' })).toThrow('proxy/unsafe-url')
  })

  it('reaches a proxy in another container over plain http when it is told so', async () => {
    const { host } = new URL(url)
    /** A network in which the proxy is called `proxy`. */
    const inside: typeof fetch = (address, init) =>
      fetch(String(address).replace('//proxy/', `//${host}/`), init)
    await send(connections, {}, { url: 'http://proxy', allowHttp: true, fetch: inside })
    expect(received).toMatchObject([
      { url: connections, headers: { authorization: 'Bearer operator-canary' } },
    ])
  })
})
