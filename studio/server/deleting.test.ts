import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { firstProject } from '../project/first-project.ts'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

let proxy: Server
let studio: TestStudio
let saved = ['preview', 'production']
let isProxyBroken = false

const viewOf = (environment: string) => ({
  environment,
  domain: 'acme.eu.auth0.com',
  m2mClientId: 'm2m',
  hasSecret: true,
  revision: 1,
  updatedAt: new Date().toISOString(),
})

const token = {
  id: '0123456789abcdef',
  label: 'Mia',
  role: 'editor',
  environments: ['preview'],
  createdAt: '2026-11-22T08:00:00.000Z',
  expiresAt: '2026-11-22T20:00:00.000Z',
}
const revoked: string[] = []

/** Keeps what a backend proxy keeps: which environments have a connection, and which tokens were revoked. */
beforeAll(async () => {
  proxy = createServer((request, response) => {
    const gone = /^\/projects\/my-site\/environments\/(\w+)\/connection$/.exec(request.url ?? '')?.[1]
    if (isProxyBroken) return response.writeHead(503).end()
    if (request.method === 'DELETE') saved = saved.filter((environment) => environment !== gone)
    const lost = /^\/projects\/my-site\/tokens\/(\w+)$/.exec(request.url ?? '')?.[1]
    if (lost) revoked.push(lost)
    response.setHeader('content-type', 'application/json')
    return response.end(JSON.stringify({ connections: saved.map(viewOf), tokens: [token] }))
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  studio = await createTestStudio({ proxyUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` })
})
afterAll(async () => {
  await studio.close()
  proxy.close()
})

it('keeps a project whose credentials cannot be deleted with it', async () => {
  isProxyBroken = true
  const answer = await studio.api('DELETE', '/api/projects/my-site')
  isProxyBroken = false
  expect(answer.status).toBe(502)
  expect((await studio.api('GET', '/api/projects/my-site')).status).toBe(200)
})

it('deletes a project with its published site, its credentials and its editor tokens', async () => {
  await (await studio.api('POST', '/api/projects/my-site/publish', { revision: 1 })).text()
  expect((await studio.visit('production', '/dashboard')).status).toBe(200)
  expect((await studio.api('DELETE', '/api/projects/my-site')).status).toBe(204)
  expect(saved).toEqual([])
  expect(revoked).toEqual([token.id])
  expect((await studio.visit('production', '/dashboard')).status).toBe(404)
  expect((await studio.api('GET', '/api/projects/my-site')).status).toBe(404)
})

it('does not bring a deleted project back at the next start, while there is another', async () => {
  await studio.api('POST', '/api/projects', { project: { ...firstProject, name: 'Other' } })
  expect(await studio.store.startWith(firstProject)).toBe('other')
  expect((await studio.store.list()).map(({ id }) => id)).toEqual(['other'])
})

it('names no project at the next start when all were deleted', async () => {
  await studio.store.remove('other')
  expect(await studio.store.startWith(firstProject)).toBeUndefined()
  expect(await studio.store.list()).toEqual([])
})
