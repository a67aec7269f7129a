import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connectControl, type TenantControl } from '../index.ts'
import { startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'

const path = '/.well-known/jwks.json'
let tenant: DemoTenant
let control: TenantControl

beforeAll(async () => {
  tenant = await startDemoTenant()
  control = connectControl(tenant.url)
})
afterEach(() => control.clearFaults())
afterAll(() => tenant.close())

const ask = (init: RequestInit = {}) => fetch(tenant.url + path, { redirect: 'manual', ...init })

test('limits the rate as often as asked, then goes on', async () => {
  await control.addFault({ kind: 'rate-limit', path, times: 1, seconds: 60 })
  const refused = await ask()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('x-ratelimit-reset')) - Date.now() / 1000).toBeGreaterThan(50)
  expect((await ask()).status).toBe(200)
})

test('delays an answer', async () => {
  await control.addFault({ kind: 'delay', path, seconds: 0.3 })
  const start = Date.now()
  expect((await ask()).status).toBe(200)
  expect(Date.now() - start).toBeGreaterThanOrEqual(290)
})

test('stalls after the headers', async () => {
  await control.addFault({ kind: 'stall', path })
  const patience = new AbortController()
  const response = await ask({ signal: patience.signal })
  expect(response.status).toBe(200)
  const body = response.text().catch(() => 'given up')
  expect(await Promise.race([body, sleep(300, 'silence')])).toBe('silence')
  patience.abort()
  expect(await body).toBe('given up')
})

test('cuts the connection in the middle of the body', async () => {
  await control.addFault({ kind: 'cut', path })
  await expect(ask().then((response) => response.text())).rejects.toThrow('terminated')
})

test('sends half of the body as if it were all', async () => {
  await control.addFault({ kind: 'truncate', path })
  const response = await ask()
  expect(response.status).toBe(200)
  await expect(response.json()).rejects.toThrow('JSON')
})

test('answers HTML, a status, or a redirect elsewhere', async () => {
  await control.addFault({ kind: 'html', path, times: 1 })
  expect((await ask()).headers.get('content-type')).toBe('text/html')
  await control.addFault({ kind: 'status', path, status: 503, times: 1 })
  expect((await ask()).status).toBe(503)
  await control.addFault({ kind: 'redirect', path, location: 'http://127.0.0.1:1/', times: 1 })
  expect((await ask()).headers.get('location')).toBe('http://127.0.0.1:1/')
})

test('sends a body that never ends', async () => {
  await control.addFault({ kind: 'endless', path })
  const response = await ask()
  let received = 0
  for await (const chunk of response.body ?? []) {
    received += (chunk as Uint8Array).length
    if (received > 6_000_000) break
  }
  expect(received).toBeGreaterThan(6_000_000)
})

test('meets only the method and path it names', async () => {
  await control.addFault({ kind: 'status', path, method: 'POST', status: 500 })
  expect((await ask()).status).toBe(200)
})

test('remembers the requests it received, with their answers', async () => {
  await control.clearRequests()
  await ask({ headers: { origin: 'http://localhost:3999' } })
  expect(await control.requests(path)).toMatchObject([
    { method: 'GET', path, status: 200, origin: 'http://localhost:3999' },
  ])
})

test('refuses a lever it does not know, and anything but JSON', async () => {
  await expect(control.addFault({ kind: 'explode' as 'cut', path })).rejects.toThrow('422')
  const form = await fetch(`${tenant.url}/control/keys/rotate`, {
    method: 'POST',
    body: new URLSearchParams({ a: 'b' }),
  })
  expect(form.status).toBe(415)
})
