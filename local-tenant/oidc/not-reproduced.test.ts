import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'

let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({
    change: (seed) => {
      const device = 'urn:ietf:params:oauth:grant-type:device_code'
      seed.clients.push({ client_id: 'tv', name: 'TV', app_type: 'native', grant_types: [device] })
    },
  })
})
afterAll(() => tenant.close())

test.each([
  ['POST', '/passwordless/start'],
  ['POST', '/oauth/device/code'],
  ['GET', '/my-org/details'],
  ['GET', '/samlp/some-client'],
  ['POST', '/authorize'],
])('%s %s, which Auth0 knows, answers 501 with a sentence', async (method, path) => {
  const answer = await fetch(tenant.url + path, { method })
  expect(answer.status).toBe(501)
  expect(await answer.json()).toMatchObject({
    error: 'not_implemented',
    error_description: `The local tenant does not answer ${method} ${path}. Auth0 does: ask a real tenant.`,
  })
})

test('an address that Auth0 does not know either is not found', async () => {
  expect((await fetch(`${tenant.url}/nothing/here`)).status).toBe(404)
})

test.each([
  ['of Auth0', 'urn:ietf:params:oauth:grant-type:device_code', 501, 'not_implemented'],
  ['of nobody', 'urn:example:unheard-of', 403, 'unsupported_grant_type'],
])(
  'a grant type %s that is not reproduced is refused as what it is',
  async (_, grant_type, status, error) => {
    const body = new URLSearchParams({ client_id: 'tv', grant_type })
    const answer = await fetch(`${tenant.url}/oauth/token`, { method: 'POST', body })
    expect([answer.status, await answer.json()]).toMatchObject([status, { error }])
  },
)
