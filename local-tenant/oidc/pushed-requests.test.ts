import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectControl } from '../index.ts'
import { ada, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { createRawClient } from '../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
let tenant: DemoTenant
let clientId = ''
let secret = ''
beforeAll(async () => {
  tenant = await startDemoTenant({
    change({ clients }) {
      const web = clients[4]
      if (web) Object.assign(web, { callbacks: [callback], require_pushed_authorization_requests: true })
    },
  })
  ;({ client_id: clientId = '', client_secret: secret = '' } = tenant.seed.clients[4] ?? {})
})
afterAll(() => tenant.close())

const request = { response_type: 'code', redirect_uri: callback, scope: 'openid' }
async function push(fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ client_id: clientId, client_secret: secret, ...request, ...fields })
  const response = await fetch(`${tenant.url}/oauth/par`, { method: 'POST', headers, body })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const nothing = Object.fromEntries(
  ['response_type', 'redirect_uri', 'scope', 'code_challenge', 'code_challenge_method'].map((name) => [
    name,
    undefined,
  ]),
)

test('a pushed request logs in, once', async () => {
  const { status, body } = await push()
  expect([status, body.expires_in]).toEqual([201, 30])
  const visitor = createRawClient(tenant, { clientId, callback })
  const params = { ...nothing, request_uri: String(body.request_uri) }
  const { code = '' } = await visitor.login(ada, params)
  const tokens = await visitor.token({
    ...{ grant_type: 'authorization_code', code, redirect_uri: callback, client_secret: secret },
  })
  expect(tokens.status).toBe(200)
  const again = await visitor.authorize(params)
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('already used')])
})

test('runs out after half a minute', async () => {
  const { body } = await push()
  await connectControl(tenant.url).shiftClock(31)
  const visitor = createRawClient(tenant, { clientId, callback })
  const late = await visitor.authorize({ ...nothing, request_uri: String(body.request_uri) })
  await connectControl(tenant.url).shiftClock(0)
  expect(await late.text()).toContain('expired')
})

test('an application that has to push may not ask in the address', async () => {
  const plain = await createRawClient(tenant, { clientId, callback }).authorize()
  expect([plain.status, await plain.text()]).toEqual([400, expect.stringContaining('are required')])
})

test('takes the secret in the header too, and nobody without it', async () => {
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`
  expect((await push({ client_secret: '' }, { authorization })).status).toBe(201)
  expect((await push({ client_secret: 'wrong' })).status).toBe(401)
  expect((await push({ client_id: tenant.clientId, client_secret: '' })).status).toBe(401)
})

test.each<Record<string, string>>([{ redirect_uri: 'https://elsewhere.example/' }, { request_uri: 'urn:x' }])(
  'refuses to take %j',
  async (fields) => {
    expect((await push(fields)).status).toBe(400)
  },
)
