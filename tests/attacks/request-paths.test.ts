import { writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect } from 'vitest'
import { createBackendProxy, type BackendProxy } from '../../backend-proxy/backend-proxy.ts'
import { listen, type Listening } from '../../studio/server/listen.ts'
import { createTestStudio, type TestStudio } from '../../studio/server/testing/test-studio.ts'
import { attack } from './runs.ts'

/** In files that no path may reach: the studio's data, and a folder beside the published one. */
const canary = 'CANARY-that-no-path-reaches'

const agent = new Agent({ keepAlive: true })
const listening: Listening[] = []
let studio: TestStudio
let proxy: BackendProxy
const ports = { proxy: 0, studio: 0, preview: 0, production: 0 }

const hosts = {
  proxy: 'localhost',
  studio: 'localhost:5000',
  preview: 'my-site.localhost:5004',
  production: 'my-site.localhost:5005',
}

type Server = keyof typeof ports

beforeAll(async () => {
  studio = await createTestStudio()
  const published = await studio.api('POST', '/api/projects/my-site/publish', {
    revision: 1,
    note: '',
    overruled: [],
  })
  await published.text()
  for (const file of ['canary.txt', 'sites/canary.txt', 'sites/my-site/canary.txt'])
    writeFileSync(join(studio.folder, file), canary)
  proxy = await createBackendProxy({
    dataDir: join(studio.folder, 'proxy'),
    logLevel: 'silent',
    operatorToken: canary,
    rateLimit: 1_000_000,
  })
  for (const [name, app] of Object.entries({ proxy: proxy.app, ...studio.apps })) {
    const server = await listen(app, 'localhost', 0)
    listening.push(server)
    ports[name as Server] = server.port
  }
})

afterAll(async () => {
  agent.destroy()
  for (const server of listening) await server.close()
  await proxy.close()
  await studio.close()
})

interface Answer {
  status: number
  text: string
}

/** Sends `path` unchanged: neither Node nor a URL parser tidies it up. */
const ask = (server: Server, path: string, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = { host: hosts[server], 'x-lowgate': 'editor', 'content-type': 'application/json' }
    // A server may refuse a body unread and close: only what has none may share a connection.
    const own = method === 'GET' ? agent : false
    const options = { host: '127.0.0.1', port: ports[server], path, method, headers, agent: own }
    const sent = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(method === 'GET' ? undefined : '{}')
  })

/** Pieces of which most known traversals and bypasses are made. */
const piece = fc.oneof(
  fc.constantFrom('/', '//', '\\', '%2f', '%2F', '%5c', '%252f', ';', ';/', '..;/', '/./', '/../'),
  fc.constantFrom('..', '.', '%2e', '%2e%2e', '%252e%252e', '%c0%ae', '%00', '%0d%0a', '%', '%zz', '..%00'),
  fc.constantFrom('canary.txt', 'sites', 'my-site', '1', 'proxy', 'encryption.key', 'studio.db', '.vite'),
  fc.constantFrom('api', 'API', 'ap%69', 'projects', 'proxy', 'session', 'assets', 'pages', 'callback'),
  fc.constantFrom('liveness', 'readiness', 'openapi.json', 'shop', 'environments', 'connection', '_headers'),
  fc.constantFrom('?', '?token=x', '#', '?/../', '*', '~', '@evil.test', 'http://evil.test/'),
)
const start = fc.constantFrom('', 'api/projects', 'api/proxy/projects/shop/connections', 'assets/', 'pages/')
const elsewhere = fc.constantFrom('', 'projects/shop/connections', '../', '..%2f..%2f', 'sites/my-site/1/')
const path = fc
  .tuple(start, elsewhere, fc.array(piece, { maxLength: 8 }))
  .map(([before, after, pieces]) => `/${before}${after}${pieces.join('')}`)
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH')

/** What the proxy answers to anybody. */
const publicText = /^\{"(status|openapi)"/

attack(
  'no path of the proxy answers without a token, but for the public ones',
  fc.asyncProperty(path, method, async (path, method) => {
    const { status, text } = await ask('proxy', path, method)
    expect(text).not.toContain(canary)
    if (method === 'GET' && status === 200) expect(text).toMatch(publicText)
    else if (method !== 'HEAD') expect([400, 401, 403, 404, 405]).toContain(status)
  }),
)

attack(
  'no path of the studio’s API answers without a session, and none leads to a file outside the app',
  fc.asyncProperty(path, method, async (path, method) => {
    const { status, text } = await ask('studio', path, method)
    expect(text).not.toContain(canary)
    expect(text).not.toContain('operator-canary')
    expect(status).toBeLessThan(500)
    // A page without any data, whether a session is open, or a refusal.
    if (status === 200 && method === 'GET')
      expect(text).toMatch(/^<!doctype html>|^\{"isOpen":false|^export/i)
    else if (method !== 'HEAD') expect(status).toBeGreaterThanOrEqual(300)
  }),
)

for (const site of ['preview', 'production'] as const)
  attack(
    `no path of the ${site} site leads to a file outside it`,
    fc.asyncProperty(path, method, async (path, method) => {
      const { status, text } = await ask(site, path, method)
      expect(text).not.toContain(canary)
      expect(status).toBeLessThan(500)
    }),
  )
