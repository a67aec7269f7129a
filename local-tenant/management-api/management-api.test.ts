import type { ManagementClient } from 'auth0'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bigSeed, connectControl, type TenantControl } from '../index.ts'
import { startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { connectSdk, failure } from '../testing/management-sdk.ts'

let tenant: DemoTenant
let control: TenantControl
let api: ManagementClient

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      Object.assign(seed, bigSeed(seed, { applications: 240, organizations: 1_200 }))
      seed.custom_domains = [{ custom_domain_id: 'cd_1', domain: 'login.acme.example', status: 'ready' }]
    },
  })
  control = connectControl(tenant.url)
  api = connectSdk(tenant)
})
afterAll(() => tenant.close())
afterEach(() => control.clearFaults())

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of pages) items.push(item)
  return items
}

describe('clients', () => {
  test('are listed by page, filtered by type and cut down to the fields asked for', async () => {
    const page = await api.clients.list({
      app_type: 'spa',
      fields: 'client_id,name',
      include_fields: true,
      per_page: 5,
    })
    expect(page.data).toHaveLength(5)
    expect(Object.keys(page.data[0] ?? {})).toEqual(['tenant', 'client_id', 'name'])
    expect(await all(page)).toHaveLength(63)
  })

  test('keep their secrets from a token without the scope for keys', async () => {
    const without = await startDemoTenant({
      change: (seed) => {
        seed.client_grants = [
          { client_id: seed.clients[0]?.client_id ?? '', audience: 'management', scope: ['read:clients'] },
        ]
      },
    })
    const reader = connectSdk(without)
    expect(JSON.stringify((await reader.clients.list()).data)).not.toContain('"client_secret":')
    expect(JSON.stringify((await api.clients.list()).data)).toContain('"client_secret":')
    const denied = await failure(reader.organizations.list())
    expect(denied).toEqual({
      statusCode: 403,
      body: {
        statusCode: 403,
        error: 'Forbidden',
        message: 'Insufficient scope, expected any of: read:organizations,read:organizations_summary',
        errorCode: 'insufficient_scope',
      },
    })
    await without.close()
  })

  test('are read one by one, and an unknown one is named', async () => {
    expect((await api.clients.get(tenant.clientId)).name).toBe('Acme site')
    expect(await failure(api.clients.get('nobody'))).toMatchObject({
      statusCode: 404,
      body: { message: 'The client does not exist', errorCode: 'inexistent_client' },
    })
  })

  test('are changed by a patch, and checked', async () => {
    const id = tenant.seed.clients[3]?.client_id ?? ''
    await api.clients.update(id, { callbacks: ['http://localhost:3999/callback'] })
    expect((await api.clients.get(id)).callbacks).toEqual(['http://localhost:3999/callback'])
    const wrong = await failure(api.clients.update(id, { callbacks: 'one' as unknown as string[] }))
    expect(wrong).toMatchObject({ statusCode: 400, body: { errorCode: 'invalid_body' } })
    const tooMany = await failure(
      api.clients.update(id, { callbacks: Array<string>(101).fill('https://a.example') }),
    )
    expect(tooMany.statusCode).toBe(400)
  })

  test('refuse a patch with a callback that is not a URL, or with what nobody may change', async () => {
    const id = tenant.seed.clients[3]?.client_id ?? ''
    const before = await api.clients.get(id)
    const malformed = await failure(
      api.clients.update(id, { callbacks: ['https://a.example', '*.a.example'] }),
    )
    expect(malformed.body).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      message:
        "Payload validation error: 'Object didn't pass validation for format callback-url: *.a.example' on property callbacks[1].",
      errorCode: 'invalid_body',
    })
    const whole = { client_id: id, tenant: 'acme', callbacks: [] } as object
    expect((await failure(api.clients.update(id, whole))).body).toMatchObject({
      message: "Payload validation error: 'Additional properties not allowed: client_id,tenant'.",
    })
    expect(await api.clients.get(id)).toEqual(before)
  })

  test('come at most a hundred at a time', async () => {
    expect(await failure(api.clients.list({ per_page: 1000 }))).toMatchObject({
      statusCode: 400,
      body: {
        message: expect.stringContaining(
          "'Value 1000 is greater than maximum 100' on property per_page",
        ) as string,
      },
    })
    expect(await failure(api.clients.list({ page: -1 }))).toMatchObject({
      statusCode: 400,
      body: {
        message: expect.stringContaining("'Value -1 is less than minimum 0' on property page") as string,
      },
    })
  })

  test('are found by search, after the delay of the search', async () => {
    await control.changeTenant({ search_delay: 30 })
    const search = async () => {
      const token = await tenant.managementToken()
      const query = new URLSearchParams({
        q: 'name co "renamed kiosk" and app_type eq "spa"',
        parser: 'scim',
      })
      const response = await fetch(`${tenant.url}/api/v2/clients/search?${query.toString()}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return ((await response.json()) as { clients: { name: string }[] }).clients.map(({ name }) => name)
    }
    await api.clients.update(tenant.seed.clients[3]?.client_id ?? '', { name: 'Renamed kiosk' })
    expect(await search()).toEqual([])
    await control.shiftClock(31)
    expect(await search()).toEqual(['Renamed kiosk'])
    await control.shiftClock(0)
  })
})

describe('organizations', () => {
  test('are listed by checkpoint to the last', async () => {
    expect(await all(await api.organizations.list({ take: 100 }))).toHaveLength(1_202)
  })

  test('are listed by number up to the first thousand', async () => {
    const headers = { authorization: `Bearer ${await tenant.managementToken()}` }
    const page = (number: number) =>
      fetch(`${tenant.url}/api/v2/organizations?per_page=100&include_totals=true&page=${number}`, { headers })
    expect(await (await page(9)).json()).toMatchObject({ total: 1_202, start: 900, limit: 100 })
    expect((await page(10)).status).toBe(400)
  })

  test('need a page of at least one, as a checkpoint would never move', async () => {
    expect((await failure(api.organizations.list({ take: 0 }))).statusCode).toBe(400)
  })

  test('are searched by part of a name, which needs three characters', async () => {
    const found = await api.organizations.search({ q: 'display_name:*north*' })
    expect(found.data.map(({ name }) => name)).toEqual(['acme-north'])
    expect((await failure(api.organizations.search({ q: 'name:*no*' }))).statusCode).toBe(400)
  })

  test('tell their members with roles, and their connections', async () => {
    const members = await api.organizations.members.list('org_acmeNorth0000001', {
      fields: 'email,roles',
      include_fields: true,
    })
    expect(members.data[0]).toEqual({
      email: 'ada@acme.example',
      roles: [{ id: 'rol_acmeManager00001', name: 'Manager' }],
    })
    const connections = await api.organizations.enabledConnections.list('org_acmeNorth0000001')
    expect(connections.data.map(({ connection }) => connection?.name)).toContain('acme-staff')
  })

  test('are read by id and by name, and an unknown one has no error code', async () => {
    expect((await api.organizations.get('org_acmeSouth0000001')).name).toBe('acme-south')
    expect((await api.organizations.getByName('acme-south')).id).toBe('org_acmeSouth0000001')
    expect((await failure(api.organizations.get('org_nothing'))).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'No organization found by that id or name',
    })
  })
})

describe('the other lists', () => {
  test('tell APIs, with the Management API among them', async () => {
    const { data } = await api.resourceServers.list({ include_totals: true })
    expect(data.map(({ identifier }) => identifier)).toEqual([
      `https://${tenant.domain}/api/v2/`,
      'https://api.acme.example',
    ])
    const found = await api.resourceServers.search({ q: 'identifier:"https://api.acme.example"' })
    expect(found.data.map(({ name }) => name)).toEqual(['Acme API'])
    expect((await api.resourceServers.get('65f1a0000000000000000001')).scopes).toHaveLength(2)
  })

  test('tell connections by strategy', async () => {
    const { data } = await api.connections.list({ strategy: ['auth0'], take: 10 })
    expect(data.map(({ name }) => name)).toEqual(['Username-Password-Authentication'])
    expect((await api.connections.get('con_acmeGoogle000001')).strategy).toBe('google-oauth2')
    expect(await api.connections.get('con_acmeGoogle000001', { fields: 'id,name' })).toEqual({
      id: 'con_acmeGoogle000001',
      name: 'google-oauth2',
    })
    expect(await failure(api.connections.get('con_none'))).toMatchObject({
      body: { errorCode: 'inexistent_connection' },
    })
  })

  test('tell custom domains, client grants, roles with permissions, Auth0 Actions with bindings', async () => {
    expect(await api.customDomains.list()).toMatchObject([{ domain: 'login.acme.example' }])
    expect((await api.customDomains.get('cd_1')).status).toBe('ready')
    expect((await api.clientGrants.list({ client_id: tenant.m2m.clientId })).data).toHaveLength(1)
    const [manager] = (await api.roles.list({ name_filter: 'mana' })).data
    expect((await api.roles.get(manager?.id ?? '')).name).toBe('Manager')
    expect((await api.roles.permissions.list(manager?.id ?? '')).data).toHaveLength(2)
    const actions = await api.actions.list()
    const { id = '', code } = actions.data.at(-1) ?? {}
    expect(code).toContain('setCustomClaim')
    expect((await api.actions.get(id)).name).toBe('Add roles to tokens')
    expect((await api.actions.triggers.bindings.list('post-login')).data).toHaveLength(actions.data.length)
  })
})
