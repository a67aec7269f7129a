import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectControl } from '../index.ts'
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

  test('carry fewer scopes on request, and are refused with the name of one that was not granted', async () => {
    const audience = `https://${tenant.domain}/api/v2/`
    expect((await ask({ audience, scope: 'read:clients' })).body.scope).toBe('read:clients')
    expect(await ask({ audience, scope: 'read:clients read:users' })).toEqual({
      status: 403,
      body: {
        error: 'access_denied',
        error_description: 'Client has not been granted scopes: read:users',
      },
    })
  })

  test('need an audience, unless the tenant has a default one', async () => {
    expect(await ask({})).toEqual({
      status: 403,
      body: {
        error: 'access_denied',
        error_description: 'No audience parameter was provided, and no default audience has been configured',
      },
    })
    const control = connectControl(tenant.url)
    await control.changeTenant({ default_audience: `https://${tenant.domain}/api/v2/` })
    expect((await ask({})).body.scope).toContain('read:clients')
    await control.changeTenant({ default_audience: '' })
  })

  test('are refused to an application without that grant type', async () => {
    const answer = await createRawClient(tenant, { clientId: tenant.clientId, callback: '' }).token({
      grant_type: 'client_credentials',
      audience: api,
    })
    expect(answer).toMatchObject({ status: 403, body: { error: 'unauthorized_client' } })
  })
})
