import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import {
  bigSeed,
  demoSeed,
  startLocalTenant,
  type LocalTenant,
  type LocalTenantOptions,
  type TenantSeed,
} from './index.ts'

const seed = demoSeed('preview', { callbackOrigins: ['http://localhost:3999'] })
const started: LocalTenant[] = []
afterEach(() => Promise.all(started.splice(0).map((tenant) => tenant.close())))

async function start(
  options: Partial<LocalTenantOptions> = {},
  from: TenantSeed = seed,
): Promise<LocalTenant> {
  const tenant = await startLocalTenant(from, { port: 0, ...options })
  started.push(tenant)
  return tenant
}

const portOf = ({ url }: LocalTenant) => Number(new URL(url).port)

test('says which port is in use', async () => {
  const port = portOf(await start())
  await expect(start({ port })).rejects.toThrow(`Port ${port} is in use.`)
})

test('refuses a host that other machines can reach', async () => {
  await expect(start({ host: '0.0.0.0' })).rejects.toThrow('--allow-remote')
})

test('publishes an issuer that ends with a slash', async () => {
  const tenant = await start()
  const discovery = (await (await fetch(`${tenant.url}/.well-known/openid-configuration`)).json()) as {
    issuer: string
  }
  expect(discovery.issuer).toBe(`${tenant.url}/`)
})

test('has no control API unless asked', async () => {
  const tenant = await start()
  expect((await fetch(`${tenant.url}/control/requests`)).status).toBe(404)
})

test('answers only under its own name', async () => {
  const port = portOf(await start())
  const status = await new Promise((resolve) => {
    request({ port, host: '127.0.0.1', headers: { host: 'evil.example' } }, (response) =>
      resolve(response.statusCode),
    ).end()
  })
  expect(status).toBe(404)
})

test('costs under three seconds to start with 5,000 applications and 20,000 organizations', async () => {
  // Processor time, so that what else the machine does is not counted.
  const begin = process.cpuUsage()
  const tenant = await start({}, bigSeed(seed))
  const response = await fetch(`${tenant.url}/.well-known/jwks.json`)
  expect(response.status).toBe(200)
  const { user, system } = process.cpuUsage(begin)
  expect((user + system) / 1_000_000).toBeLessThan(3)
})

test('names an id that the seed holds twice', async () => {
  const twice = { ...seed, clients: [...seed.clients, ...seed.clients] }
  await expect(start({}, twice)).rejects.toThrow('two entries with the id')
})
