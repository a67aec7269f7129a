import { expect, test } from 'vitest'
import { ada } from '../testing/demo-tenant.ts'
import { failure, useManagementApi } from '../testing/management-sdk.ts'
import { createRawClient } from '../testing/raw-client.ts'

const { tenant, api } = await useManagementApi()

test('an API is created with its defaults, found by identifier, changed and deleted', async () => {
  const identifier = 'https://orders.example'
  const { id = '' } = await api.resourceServers.create({
    identifier,
    name: 'Orders',
    scopes: [{ value: 'read' }],
  })
  expect(await api.resourceServers.get(identifier)).toMatchObject({
    id,
    token_lifetime: 86_400,
    signing_alg: 'RS256',
  })
  expect((await failure(api.resourceServers.create({ identifier }))).statusCode).toBe(409)
  await api.resourceServers.update(id, { scopes: [{ value: 'write' }] })
  expect((await api.resourceServers.get(id)).scopes).toEqual([{ value: 'write' }])
  const { client_id = '' } = await api.clients.create({ name: 'Machine', app_type: 'non_interactive' })
  const unknown = await failure(api.clientGrants.create({ client_id, audience: identifier, scope: ['read'] }))
  expect(unknown.statusCode).toBe(400)
  await api.clientGrants.create({ client_id, audience: identifier, scope: ['write'] })
  expect(
    (await failure(api.clientGrants.create({ client_id, audience: identifier, scope: [] }))).statusCode,
  ).toBe(409)
  await api.resourceServers.delete(id)
  expect((await api.clientGrants.list({ audience: identifier })).data).toEqual([])
  expect((await failure(api.resourceServers.delete('management'))).statusCode).toBe(400)
})

test('a connection is created, used once it is enabled, and takes its users along', async () => {
  const name = 'second-database'
  const { id = '' } = await api.connections.create({
    name,
    strategy: 'auth0',
    options: { a: 1, b: 2 } as object,
  })
  expect((await failure(api.connections.create({ name, strategy: 'auth0' }))).statusCode).toBe(409)
  await api.connections.update(id, { options: { b: 3 } as object })
  expect((await api.connections.get(id)).options).toEqual({ b: 3 })
  await api.connections.clients.update(id, [{ client_id: tenant.clientId, status: true }])
  expect((await api.connections.clients.get(id)).data).toEqual([{ client_id: tenant.clientId }])
  const { user_id = '' } = await api.users.create({
    connection: name,
    email: 'x@y.example',
    password: 'Long-Enough-1',
  })
  const browser = createRawClient(tenant, {
    clientId: tenant.clientId,
    callback: 'http://localhost:3999/callback',
  })
  const credentials = { email: 'x@y.example', password: 'Long-Enough-1' }
  expect((await browser.login(credentials, { connection: name })).code).toBeTruthy()
  await api.connections.delete(id)
  expect((await failure(api.users.get(user_id))).statusCode).toBe(404)
})

test('settings of the tenant are merged, take effect, and hide what is only of the local tenant', async () => {
  await api.tenants.settings.update({ friendly_name: 'Renamed', flags: { enable_sso: true } })
  const settings = await api.tenants.settings.update({ flags: { disable_impersonation: true } })
  expect(settings).toMatchObject({
    friendly_name: 'Renamed',
    flags: { enable_sso: true, disable_impersonation: true },
  })
  expect(settings).not.toHaveProperty('plan')
  expect((await failure(api.tenants.settings.update({ plan: 'free' } as object))).statusCode).toBe(400)
  await api.tenants.settings.update({ session_lifetime: 1 })
  const browser = createRawClient(tenant, {
    clientId: tenant.clientId,
    callback: 'http://localhost:3999/callback',
  })
  await browser.login(ada)
  const [user] = await api.users.listUsersByEmail({ email: ada.email })
  const [session] = (await api.users.sessions.list(user?.user_id ?? '')).data
  const hours = Date.parse(String(session?.idle_expires_at)) - Date.parse(String(session?.created_at))
  expect(hours / 3_600_000).toBeCloseTo(1, 2)
})
