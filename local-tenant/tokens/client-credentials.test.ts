import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const api = 'https://api.acme.example'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant()
})
afterAll(() => tenant.close())

describe('machine-to-machine tokens', () => {
  const ask = (fields: Record<string, string>) =>
    createRawClient(tenant, { clientId: tenant.m2m.clientId, callback: '' }).token({
      grant_type: 'client_credentials',
      client_secret: tenant.m2m.clientSecret,
      ...fields,
    })

  test('carry the scopes of the client grant, for either scheme of the identifier', async () => {
    for (const scheme of ['http', 'https']) {
      const audience = `${scheme}://${tenant.domain}/api/v2/`
      const { body } = await ask({ audience })
      expect(claimsOf(body.access_token)).toMatchObject({
        aud: audience,
        gty: 'client-credentials',
        azp: tenant.m2m.clientId,
      })
      expect(body.scope).toContain('read:clients')
    }
  })

  test('are refused for a wrong secret', async () => {
    const answer = await ask({ audience: `https://${tenant.domain}/api/v2/`, client_secret: 'wrong' })
    expect(answer).toEqual({
      status: 401,
      body: { error: 'access_denied', error_description: 'Unauthorized' },
    })
  })

  test('are refused for an API that does not exist, and for one without a client grant', async () => {
    const missing = await ask({ audience: 'https://nowhere.example' })
    expect(missing).toMatchObject({
      status: 403,
      body: { error_description: 'Service not found: https://nowhere.example' },
    })
    const ungranted = await ask({ audience: api })
    expect(ungranted).toMatchObject({ status: 403, body: { error: 'access_denied' } })
    expect(ungranted.body.error_description).toContain('You need to create a "client-grant"')
  })

  test('are refused to an application without that grant type', async () => {
    const answer = await createRawClient(tenant, { clientId: tenant.clientId, callback: '' }).token({
      grant_type: 'client_credentials',
      audience: api,
    })
    expect(answer).toMatchObject({ status: 403, body: { error: 'unauthorized_client' } })
  })
})
