import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectControl } from '../../index.ts'
import { startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'

const api = 'https://api.acme.example'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const [machine, , , , web] = seed.clients
      seed.client_grants?.push(
        {
          id: 'cgr_north',
          client_id: machine?.client_id ?? '',
          audience: api,
          scope: [],
          organization_usage: 'allow',
        },
        {
          ...{ client_id: web?.client_id ?? '', audience: api, scope: [] },
          ...{ organization_usage: 'require', allow_any_organization: true },
        },
      )
      const [north] = seed.organizations ?? []
      if (north) north.client_grants = ['cgr_north']
      if (web) web.default_organization = { organization_id: 'org_acmeSouth0000001' }
    },
  })
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
    const client_id = tenant.seed.clients[4]?.client_id ?? ''
    const client_secret = tenant.seed.clients[4]?.client_secret ?? ''
    const ungranted = await ask({ client_id, client_secret, audience: `https://${tenant.domain}/api/v2/` })
    expect(ungranted).toMatchObject({ status: 403, body: { error: 'access_denied' } })
    expect(ungranted.body.error_description).toContain('You need to create a "client-grant"')
  })

  test('carry fewer scopes on request, and are refused with the name of one that was not granted', async () => {
    const audience = `https://${tenant.domain}/api/v2/`
    expect((await ask({ audience, scope: 'read:clients' })).body.scope).toBe('read:clients')
    expect(await ask({ audience, scope: 'read:clients read:nothing' })).toEqual({
      status: 403,
      body: {
        error: 'access_denied',
        error_description: 'Client has not been granted scopes: read:nothing',
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

  describe('inside an organization', () => {
    const north = 'org_acmeNorth0000001'
    const web = () => {
      const { client_id = '', client_secret = '' } = tenant.seed.clients[4] ?? {}
      return { client_id, client_secret, audience: api }
    }

    test('are refused unless the client grant allows it', async () => {
      const refused = await ask({ audience: `https://${tenant.domain}/api/v2/`, organization: north })
      expect(refused).toMatchObject({
        status: 400,
        body: { error_description: 'parameter organization is not allowed for this client' },
      })
    })

    test('name an organization that the client grant is good for, in any case', async () => {
      for (const organization of [north, 'ACME-North']) {
        const { body } = await ask({ audience: api, organization })
        expect(claimsOf(body.access_token).org_id).toBe(north)
      }
      const other = await ask({ audience: api, organization: 'acme-south' })
      expect(other).toMatchObject({ status: 403, body: { error: 'access_denied' } })
    })

    test('take the default organization where one is required', async () => {
      expect(claimsOf((await ask(web())).body.access_token).org_id).toBe('org_acmeSouth0000001')
    })
  })

  test('are refused to an application without that grant type', async () => {
    const answer = await createRawClient(tenant, { clientId: tenant.clientId, callback: '' }).token({
      grant_type: 'client_credentials',
      audience: api,
    })
    expect(answer).toMatchObject({ status: 403, body: { error: 'unauthorized_client' } })
  })
})
