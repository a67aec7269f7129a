import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectControl } from '../index.ts'
import { ada, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { connectSdk } from '../testing/management-sdk.ts'
import type { LogRecord } from '../tenant/logs.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
const event = 'http://schemas.openid.net/event/backchannel-logout'
let tenant: DemoTenant
let received: { path: string; token: string }[] = []

const application = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    const path = request.url ?? ''
    received.push({ path, token: new URLSearchParams(body).get('logout_token') ?? '' })
    response.writeHead(path === '/refuses' ? 400 : 200).end()
  })
})

beforeAll(async () => {
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(application.address() as AddressInfo).port}`
  const app = (client_id: string, url: string, backchannel_logout_initiators?: Record<string, unknown>) => ({
    ...{ client_id, name: client_id, app_type: 'spa' as const, callbacks: [callback] },
    oidc_logout: {
      backchannel_logout_urls: [url],
      ...(backchannel_logout_initiators && { backchannel_logout_initiators }),
    },
  })
  tenant = await startDemoTenant({
    change(seed) {
      const chosen = { mode: 'custom', selected_initiators: ['rp-logout', 'idp-logout', 'password-changed'] }
      seed.clients.push(
        app('everything', `${origin}/everything`, { mode: 'all' }),
        app('chosen', `${origin}/chosen`, chosen),
        app('plain', `${origin}/plain`),
        app('refuses', `${origin}/refuses`),
        app('private', 'https://192.168.0.1/logout'),
        app('insecure', 'http://app.acme.example/logout'),
        app('auth0', 'https://acme.eu.auth0.com/logout'),
        app('dotted', 'https://acme.eu.auth0.com./logout'),
        app('translated', 'https://[64:ff9b::a00:1]/logout'),
        app('closed', 'http://localhost:1/logout'),
      )
      for (const { client_id } of seed.clients.slice(-10))
        seed.connections?.[0]?.enabled_clients?.push(client_id)
    },
  })
})
beforeEach(() => void (received = []))
afterAll(async () => {
  await tenant.close()
  application.close()
})

/** A browser logged in to each application, and its session. */
async function logIn(...clientIds: string[]) {
  const browser = createRawClient(tenant, { clientId: clientIds[0] ?? '', callback })
  const { body } = await browser.obtain(ada)
  for (const client_id of clientIds.slice(1)) await browser.authorize({ client_id })
  return { browser, sid: String(claimsOf(body.id_token).sid), sub: String(claimsOf(body.id_token).sub) }
}

const toldPaths = () => received.map(({ path }) => path).sort()

async function logged(type: string): Promise<LogRecord[]> {
  const headers = { authorization: `Bearer ${await tenant.managementToken()}` }
  const logs = (await (await fetch(`${tenant.url}/api/v2/logs`, { headers })).json()) as LogRecord[]
  return logs.filter((record) => record.type === type)
}

describe('back-channel logout', () => {
  test('is announced, and tells each application of the session with a signed token', async () => {
    const discovery = await (await fetch(`${tenant.url}/.well-known/openid-configuration`)).json()
    expect(discovery).toMatchObject({ backchannel_logout_supported: true })
    const { browser, sid, sub } = await logIn('everything', 'plain')
    await browser.get(`${tenant.url}/v2/logout`)
    await expect.poll(toldPaths).toEqual(['/everything', '/plain'])
    const { token = '' } = received.find(({ path }) => path === '/plain') ?? {}
    const keys = createRemoteJWKSet(new URL(`${tenant.url}/.well-known/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(token, keys)
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' })
    expect(payload).toMatchObject({ iss: `${tenant.url}/`, aud: 'plain', sub, sid, events: { [event]: {} } })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120)
    expect(payload).not.toHaveProperty('nonce')
    await expect.poll(async () => (await logged('oidc_backchannel_logout_succeeded')).length).toBe(2)
  })

  test('tells those of a revoked session that want to hear of it', async () => {
    const { sid } = await logIn('everything', 'plain', 'chosen')
    await connectSdk(tenant).sessions.revoke(sid)
    await expect.poll(toldPaths).toEqual(['/everything'])
  })

  test('tells those of a changed password that chose it', async () => {
    const { sub } = await logIn('chosen', 'plain')
    await connectSdk(tenant).users.update(sub, { password: ada.password })
    await expect.poll(toldPaths).toEqual(['/chosen'])
  })

  test('tells of expired sessions, and nobody who was not logged in to', async () => {
    await logIn('everything')
    await connectControl(tenant.url).expireSessions()
    await expect.poll(toldPaths).toEqual(['/everything'])
  })

  test.each([
    ['refuses', 'The application answered 400.'],
    ['private', 'Back-channel logout asks no private address.'],
    ['insecure', 'Back-channel logout needs https, or an address of this machine.'],
    ['auth0', 'Back-channel logout asks no domain of Auth0.'],
    ['dotted', 'Back-channel logout asks no domain of Auth0.'],
    ['translated', 'Back-channel logout asks no private address.'],
    ['closed', 'fetch failed: bad port'],
  ])('logs why "%s" was not told', async (client_id, description) => {
    const { browser } = await logIn(client_id)
    await browser.get(`${tenant.url}/v2/logout`)
    const failures = async () =>
      (await logged('oidc_backchannel_logout_failed')).map((record) => [record.client_id, record.description])
    await expect.poll(failures).toContainEqual([client_id, description])
  })
})
