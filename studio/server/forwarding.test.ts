import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

let proxy: Server
let studio: TestStudio
let received: { url: string; headers: IncomingHttpHeaders }[] = []
const path = '/api/proxy/projects/my-site/connections'

beforeAll(async () => {
  proxy = createServer((request, response) => {
    received.push({ url: request.url ?? '', headers: request.headers })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"connections":[]}')
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  studio = await createTestStudio({ proxyUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` })
})
beforeEach(() => (received = []))
afterAll(async () => {
  await studio.close()
  proxy.close()
})

describe('what the studio’s app asks of the backend proxy', () => {
  it('is handed on with the operator token, and without the session', async () => {
    const answer = await studio.api('GET', path, undefined, { authorization: 'Bearer mine' })
    expect(await answer.json()).toEqual({ connections: [] })
    expect(received).toMatchObject([
      { url: '/projects/my-site/connections', headers: { authorization: 'Bearer operator-canary' } },
    ])
    expect(received[0]?.headers.cookie).toBeUndefined()
  })

  it.each([
    ['without a session', () => studio.anonymous('GET', path), 401],
    ['for another site', () => studio.api('GET', path, undefined, { origin: 'http://evil.test' }), 403],
    ['for no project of the studio', () => studio.api('GET', '/api/proxy/projects/other/connections'), 403],
    ['for editor tokens', () => studio.api('GET', '/api/proxy/projects/my-site/tokens'), 403],
    ['at %61pi', () => studio.api('GET', path.replace('/api', '/%61pi')), 404],
    ['at prox%79', () => studio.api('GET', path.replace('proxy', 'prox%79')), 404],
    ['at /api/proxy@evil.test/', () => studio.api('GET', '/api/proxy@evil.test/'), 404],
  ])('is not handed on %s', async (_, ask, status) => {
    expect((await ask()).status).toBe(status)
    expect(received).toEqual([])
  })
})
