import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

let proxy: Server
let studio: TestStudio
let received: { url: string; headers: IncomingHttpHeaders; body: string }[] = []

beforeAll(async () => {
  proxy = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    received.push({ url: request.url ?? '', headers: request.headers, body })
    if (request.url === '/moved') return response.writeHead(302, { location: 'http://evil.test/' }).end()
    response.writeHead(422, { 'content-type': 'application/json', 'set-cookie': 'a=b' }).end('{"error":"x"}')
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  studio = await createTestStudio({ proxyUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` })
})
beforeEach(() => (received = []))
afterAll(async () => {
  await studio.close()
  proxy.close()
})

describe('forwarding to the backend proxy', () => {
  it('adds the operator token, and hands back status and body', async () => {
    const answer = await studio.api('PUT', '/api/proxy/projects/my-site/x?y=1', { a: 1 })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toEqual({ error: 'x' })
    expect(received).toMatchObject([
      {
        url: '/projects/my-site/x?y=1',
        body: '{"a":1}',
        headers: { authorization: 'Bearer operator-canary', 'x-lowgate': 'editor' },
      },
    ])
  })

  it('passes on neither cookies nor an Authorization of the caller’s own', async () => {
    await studio.api('GET', '/api/proxy/liveness', undefined, {
      cookie: `a=b; ${studio.cookie}`,
      authorization: 'Bearer mine',
    })
    expect(received[0]?.headers.cookie).toBeUndefined()
    expect(received[0]?.headers.authorization).toBe('Bearer operator-canary')
  })

  it('gives the browser neither the token nor a cookie', async () => {
    const answer = await studio.api('GET', '/api/proxy/liveness')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain('operator-canary')
  })

  it.each(['/api/prox%79/liveness', '/%61pi/proxy/liveness', '/api/proxy', '/api/proxy@evil.test/'])(
    'sends nothing on at %s, of which no whole path is left',
    async (path) => {
      expect((await studio.api('GET', path)).status).toBe(404)
      expect(received).toHaveLength(0)
    },
  )

  it('does not follow a redirect', async () => {
    expect((await studio.api('GET', '/api/proxy/moved')).status).toBe(302)
    expect(received).toHaveLength(1)
  })

  it('sends nothing on for another site', async () => {
    const answer = await studio.api('POST', '/api/proxy/x', {}, { origin: 'http://evil.test' })
    expect(answer.status).toBe(403)
    expect(received).toHaveLength(0)
  })

  it('says so when the proxy is down', async () => {
    const lonely = await createTestStudio()
    const answer = await lonely.api('GET', '/api/proxy/liveness')
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ error: 'offline' })
    await lonely.close()
  })
})
