import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectControl } from '../index.ts'
import { ada, ben, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
const north = 'org_acmeNorth0000001'
const south = 'org_acmeSouth0000001'
const west = 'org_acmeWest00000001'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const [, , backOffice, kiosk] = seed.clients
      if (backOffice) backOffice.organization_require_behavior = 'post_login_prompt'
      if (kiosk) Object.assign(kiosk, { callbacks: [callback], organization_usage: 'require' })
      if (backOffice) {
        seed.clients.push({
          ...backOffice,
          client_id: 'asks-before-the-login',
          organization_require_behavior: 'pre_login_prompt',
        })
      }
      seed.organizations?.push({
        id: west,
        name: 'acme-west',
        enabled_connections: [{ connection_id: 'con_acmeDatabase0001', assign_membership_on_login: true }],
      })
      for (const connection of seed.connections ?? []) delete connection.enabled_clients
      const southern = seed.organizations?.[1]
      if (southern) {
        southern.invitations = ['for-ben', 'for-fay'].map((ticket_id) => ({
          ticket_id,
          invitee: { email: ticket_id === 'for-ben' ? ben.email : 'fay@acme.example' },
          roles: ['Reader'],
        }))
      }
    },
  })
})
afterAll(() => tenant.close())

const visit = (index = 1) =>
  createRawClient(tenant, { clientId: tenant.seed.clients[index]?.client_id ?? '', callback })

test.each([
  ['id', north],
  ['name', 'acme-north'],
  ['name in another case', 'ACME-North'],
])('logs a member in to an organization given by %s', async (_, organization) => {
  const client = visit()
  const { code = '' } = await client.login(ada, { organization })
  const { body } = await client.exchange(code)
  expect(claimsOf(body.id_token)).toMatchObject({ org_id: north, org_name: 'acme-north' })
})

test('refuses a user who is not a member', async () => {
  const answer = await visit().login(ben, { organization: south })
  expect(answer.error).toBe('access_denied')
  expect(answer.error_description).toBe(
    `user auth0|65f1b0000000000000000002 is not part of the ${south} organization`,
  )
})

test('lets a session go on in another organization without a password, and a silent request in the same', async () => {
  const client = visit()
  await client.login(ada, { organization: north })
  const { code = '' } = client.returned(await client.authorize({ organization: south }))
  expect(claimsOf((await client.exchange(code)).body.id_token).org_id).toBe(south)
  const silent = client.returned(await client.authorize({ prompt: 'none' }))
  expect(claimsOf((await client.exchange(silent.code ?? '')).body.id_token).org_id).toBe(south)
})

test('adds the roles held inside the organization', async () => {
  const client = visit()
  const { code = '' } = await client.login(ada, { organization: north })
  expect(claimsOf((await client.exchange(code)).body.id_token)['https://lowgate.example/roles']).toContain(
    'Manager',
  )
})

test('asks for the parameter where the application requires it and shows no prompt', async () => {
  const client = visit(3)
  expect(client.returned(await client.authorize())).toMatchObject({
    error: 'invalid_request',
    error_description: 'parameter organization is required for this client',
  })
})

test('refuses the parameter where the application denies organizations', async () => {
  const client = createRawClient(tenant, {
    clientId: tenant.seed.clients[4]?.client_id ?? '',
    callback: 'https://intranet.acme.example/callback',
  })
  const answer = client.returned(await client.authorize({ organization: north }))
  expect(answer.error_description).toBe('parameter organization is not allowed for this client')
})

test('lets the visitor pick one of their organizations after the login', async () => {
  const client = visit(2)
  const picker = await client.submit(await client.authorize(), {
    username: ada.email,
    password: ada.password,
  })
  expect(picker.url).toContain('/u/organization-picker')
  const { code = '' } = client.returned(await client.submit(picker, { organization: south }))
  expect(claimsOf((await client.exchange(code)).body.id_token).org_id).toBe(south)
})

test('asks for the organization’s name before the login, and says when there is none of that name', async () => {
  const client = createRawClient(tenant, {
    clientId: tenant.seed.clients[5]?.client_id ?? '',
    callback,
  })
  const page = await client.authorize()
  expect(page.url).toContain('/u/organization?')
  const again = await client.submit(page, { organizationName: 'nowhere' })
  expect([again.status, await again.clone().text()]).toEqual([
    400,
    expect.stringContaining('No organization has this name.'),
  ])
  const login = await client.submit(again, { organizationName: ' Acme-North ' })
  const { code = '' } = client.returned(
    await client.submit(login, { username: ada.email, password: ada.password }),
  )
  expect(claimsOf((await client.exchange(code)).body.id_token).org_id).toBe(north)
})

test('offers the connections of the organization, and of those the one asked for', async () => {
  const client = visit()
  const everywhere = await (await client.authorize()).text()
  const inside = await (await client.authorize({ organization: south })).text()
  const without = await (await client.authorize({ connection: 'Username-Password-Authentication' })).text()
  expect([everywhere, inside, without].map((page) => page.includes('Continue with Google'))).toEqual([
    true,
    false,
    false,
  ])
})

test('admits on login where the organization’s connection says so', async () => {
  const { code = '' } = await visit().login(ben, { organization: west })
  expect(code).toBeTruthy()
})

test('knows organizations only by id where the tenant does not allow names', async () => {
  const control = connectControl(tenant.url)
  await control.changeTenant({ allow_organization_name_in_authentication_api: false })
  const client = visit()
  const refused = client.returned(await client.authorize({ organization: 'acme-north' }))
  const { code = '' } = await client.login(ada, { organization: north })
  const { body } = await client.exchange(code)
  await control.changeTenant({ allow_organization_name_in_authentication_api: true })
  expect(refused.error).toBe('invalid_request')
  expect(claimsOf(body.id_token)).toMatchObject({ org_id: north })
  expect(claimsOf(body.id_token)).not.toHaveProperty('org_name')
})

test('takes no organization from the picker that the visitor is not part of', async () => {
  const client = visit(2)
  const picker = await client.submit(await client.authorize(), {
    username: ben.email,
    password: ben.password,
  })
  expect((await client.submit(picker, { organization: south })).status).toBe(400)
})

test('admits an invited account, once', async () => {
  const params = { organization: south, invitation: 'for-ben' }
  const client = visit()
  const page = await asLogin(client, params)
  expect(await page.clone().text()).toContain(`value="${ben.email}"`)
  const answer = await client.submit(page, { username: ben.email, password: ben.password })
  expect(client.returned(answer).code).toBeTruthy()
  expect(client.returned(await client.authorize(params)).error).toBe('invalid_request')
})

test('refuses another account for an invitation and uses the ticket up', async () => {
  const params = { organization: south, invitation: 'for-fay' }
  const client = visit()
  const answer = client.returned(
    await client.submit(await asLogin(client, params), { username: ada.email, password: ada.password }),
  )
  expect(answer).toMatchObject({
    error: 'access_denied',
    error_description: 'the specified account is not allowed to accept the current invitation',
  })
  expect(client.returned(await client.authorize(params)).error).toBe('invalid_request')
})

/** An invitation opens on the sign-up page; this is its link to the login. */
async function asLogin(client: ReturnType<typeof visit>, params: Record<string, string>): Promise<Response> {
  const signup = await client.authorize(params)
  expect(signup.url).toContain('/u/signup')
  return fetch(signup.url.replace('/u/signup', '/u/login'))
}
