import type { ManagementClient } from 'auth0'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectControl, type TenantControl } from '../index.ts'
import { ada, ben, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { connectSdk, failure } from '../testing/management-sdk.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const connection = 'Username-Password-Authentication'
const password = 'Long-Enough-1'
let tenant: DemoTenant
let control: TenantControl
let api: ManagementClient

beforeAll(async () => {
  tenant = await startDemoTenant({
    change: (seed) =>
      void seed.clients.push({ client_id: 'apart', name: 'Not at the database', app_type: 'spa' }),
  })
  control = connectControl(tenant.url)
  api = connectSdk(tenant)
})
afterAll(() => tenant.close())

const create = (email: string, more: object = {}) =>
  api.users.create({ connection, email, password, ...more })
const login = (email: string, secret = password) =>
  createRawClient(tenant, { clientId: tenant.clientId, callback: 'http://localhost:3999/callback' }).login({
    email,
    password: secret,
  })

describe('a user', () => {
  test('is created as Auth0 shows one, gets a mail, and can log in', async () => {
    const { user_id, ...user } = await create('Fay@acme.example', {
      given_name: 'Fay',
      app_metadata: { plan: 'gold' },
    })
    expect(user_id).toMatch(/^auth0\|[0-9a-f]{24}$/)
    expect(user).toMatchObject({
      email: 'fay@acme.example',
      name: 'fay@acme.example',
      nickname: 'fay',
      email_verified: false,
      identities: [{ connection, provider: 'auth0', user_id: user_id?.slice(6), isSocial: false }],
    })
    expect(user).not.toHaveProperty('password')
    const mail = (await control.mails()).findLast(({ to }) => to === 'fay@acme.example')
    await fetch(mail?.link ?? '')
    expect((await login('fay@acme.example')).code).toBeTruthy()
    expect(await api.users.get(user_id ?? '')).toMatchObject({ logins_count: 1, email_verified: true })
  })

  test.each([
    ['an address that is taken', { email: ada.email }, 409, 'The user already exists.'],
    ['a weak password', { password: 'short' }, 400, 'PasswordStrengthError: Password is too weak'],
    ['no password', { password: undefined }, 400, 'Missing required property: password'],
    ['a connection that does not exist', { connection: 'nowhere' }, 400, 'The connection does not exist.'],
    ['a field that Auth0 does not know', { colour: 'red' }, 400, 'Additional properties not allowed: colour'],
    ['a phone number that is none', { phone_number: '123' }, 400, 'Payload validation error'],
  ])('is refused with %s', async (_, fields, status, message) => {
    const refused = await failure(create('new@acme.example', fields))
    expect(refused).toMatchObject({
      statusCode: status,
      body: { message: expect.stringContaining(message) as string },
    })
  })

  test('is patched: metadata is merged at the first level, null unsets, a new address is unverified', async () => {
    const { user_id: id = '' } = await create('gus@acme.example', {
      email_verified: true,
      nickname: 'G',
      user_metadata: { a: { b: 1, c: 2 }, d: 3 },
    })
    await api.users.update(id, { user_metadata: { a: { b: 9 }, d: null }, nickname: null })
    const { user_metadata, ...user } = await api.users.get(id)
    expect(user_metadata).toEqual({ a: { b: 9 } })
    expect(user).not.toHaveProperty('nickname')
    await api.users.update(id, { email: 'gus2@acme.example' })
    expect(await api.users.get(id)).toMatchObject({ email: 'gus2@acme.example', email_verified: false })
    expect(await api.users.listUsersByEmail({ email: 'gus@acme.example' })).toEqual([])
    const together = await failure(api.users.update(id, { password, email_verified: true }))
    expect(together.body).toMatchObject({
      message: 'Cannot update password and email_verified simultaneously',
    })
  })

  test('that was blocked is let in again by a new password, as at Auth0', async () => {
    const { user_id: id = '' } = await create('hal@acme.example')
    await api.users.update(id, { blocked: true })
    expect((await login('hal@acme.example')).error_description).toBe('user is blocked')
    await api.users.update(id, { password: 'Another-Long-1' })
    expect((await login('hal@acme.example', 'Another-Long-1')).code).toBeTruthy()
  })

  test('is deleted, also when already gone', async () => {
    const { user_id: id = '' } = await create('ida@acme.example')
    await api.users.delete(id)
    await api.users.delete(id)
    expect(await failure(api.users.get(id))).toMatchObject({
      statusCode: 404,
      body: { message: 'The user does not exist.', errorCode: 'inexistent_user' },
    })
  })
})

describe('the list', () => {
  const find = async (q: string) => (await api.users.list({ q })).data.map(({ email }) => email)

  test('is searched with Lucene', async () => {
    await create('zed@search.example', { app_metadata: { plan: 'gold' } })
    expect(await find('email.domain:search.example')).toEqual(['zed@search.example'])
    expect(await find('app_metadata.plan:gold AND email:zed*')).toEqual(['zed@search.example'])
    expect(await find('organization_id:org_acmeNorth0000001 AND NOT email:ben*')).toEqual([ada.email])
    expect((await failure(api.users.list({ q: 'email:(' }))).statusCode).toBe(400)
  })

  test('is sorted, paged and counted, up to a thousand', async () => {
    const page = await api.users.list({ sort: 'email:-1', per_page: 2, include_totals: true })
    const { users, ...counts } = page.response as { users: { email: string }[] }
    expect(users.map(({ email }) => email)).toEqual([...users.map(({ email }) => email)].sort().reverse())
    expect(counts).toMatchObject({ start: 0, limit: 2, length: 2 })
    expect((await failure(api.users.list({ page: 10, per_page: 100 }))).body).toMatchObject({
      errorCode: 'invalid_paging',
    })
    expect((await failure(api.users.list({ sort: 'user_metadata.x:1' }))).statusCode).toBe(400)
  })

  test('lags behind as long as the tenant is told to, while one user is read at once', async () => {
    await control.changeTenant({ search_delay: 30 })
    const { user_id: id = '' } = await create('late@lag.example')
    expect(await find('email:late@lag.example')).toEqual([])
    expect((await api.users.get(id)).email).toBe('late@lag.example')
    await control.shiftClock(31)
    expect(await find('email:late@lag.example')).toEqual(['late@lag.example'])
    await api.users.delete(id)
    expect(await find('email:late@lag.example')).toEqual(['late@lag.example'])
    await control.shiftClock(62)
    expect(await find('email:late@lag.example')).toEqual([])
    await control.shiftClock(0)
    await control.changeTenant({ search_delay: 0 })
  })
})

test('two users are linked: the second logs in as the first, and is set free again', async () => {
  const { user_id: primary = '' } = await create('one@link.example')
  const { user_id: secondary = '' } = await create('two@link.example', { password: 'Second-Secret-2' })
  const identities = await api.users.identities.link(primary, { provider: 'auth0', user_id: secondary })
  expect(identities).toMatchObject([{ provider: 'auth0' }, { profileData: { email: 'two@link.example' } }])
  expect(JSON.stringify(identities)).not.toContain('Second-Secret-2')
  expect((await failure(api.users.get(secondary))).statusCode).toBe(404)
  expect((await login('two@link.example', 'Second-Secret-2')).code).toBeTruthy()
  expect((await api.users.get(primary)).logins_count).toBe(1)
  const left = await api.users.identities.delete(primary, 'auth0', secondary.slice(6))
  expect(left).toHaveLength(1)
  expect((await api.users.get(secondary)).email).toBe('two@link.example')
})

describe('roles and permissions', () => {
  const audience = 'https://api.acme.example'

  test('are given and taken on both sides', async () => {
    const { user_id: id = '' } = await create('rae@acme.example')
    const { id: role = '' } = await api.roles.create({ name: 'Clerk' })
    await api.roles.users.assign(role, { users: [id] })
    expect((await api.users.roles.list(id)).data.map(({ name }) => name)).toEqual(['Clerk'])
    await api.roles.update(role, { name: 'Head clerk' })
    expect((await api.roles.users.list(role)).data.map(({ user_id }) => user_id)).toEqual([id])
    const [scope = ''] = (await api.resourceServers.get(audience)).scopes?.map(({ value }) => value) ?? []
    const permission = { resource_server_identifier: audience, permission_name: scope }
    await api.roles.permissions.add(role, { permissions: [permission] })
    await api.users.permissions.create(id, { permissions: [permission] })
    const { data } = await api.users.permissions.list(id)
    expect(data).toMatchObject([
      {
        permission_name: scope,
        resource_server_name: 'Acme API',
        sources: [{ source_type: 'DIRECT' }, { source_type: 'ROLE', source_name: 'Head clerk' }],
      },
    ])
    await api.users.roles.delete(id, { roles: [role] })
    await api.users.permissions.delete(id, { permissions: [permission] })
    expect((await api.users.permissions.list(id)).data).toEqual([])
    await api.roles.delete(role)
    expect((await failure(api.roles.get(role))).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'The role does not exist.',
    })
  })

  test('that were given directly are in the access token', async () => {
    const { user_id: id = '' } = await create('tom@acme.example')
    const permissions = [{ resource_server_identifier: audience, permission_name: 'read:orders' }]
    await api.users.permissions.create(id, { permissions })
    await api.resourceServers.update('65f1a0000000000000000001', {
      enforce_policies: true,
      token_dialect: 'access_token_authz',
    })
    const browser = createRawClient(tenant, {
      clientId: tenant.clientId,
      callback: 'http://localhost:3999/callback',
    })
    const { body } = await browser.obtain({ email: 'tom@acme.example', password }, { audience })
    expect(claimsOf(body.access_token).permissions).toEqual(['read:orders'])
  })

  test('refuse what the API does not have', async () => {
    const { user_id: id = '' } = await create('sue@acme.example')
    const permissions = [{ resource_server_identifier: audience, permission_name: 'fly' }]
    expect((await failure(api.users.permissions.create(id, { permissions }))).statusCode).toBe(400)
  })
})

test('brute-force protection closes an account after ten wrong passwords, and the API opens it', async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) await login(ben.email, 'wrong')
  expect((await login(ben.email, ben.password)).code).toBeUndefined()
  const [user] = await api.users.listUsersByEmail({ email: ben.email })
  const { blocked_for } = await api.userBlocks.list(user?.user_id ?? '')
  expect(blocked_for).toMatchObject([{ identifier: ben.email, connection }])
  await api.userBlocks.delete(user?.user_id ?? '')
  expect((await login(ben.email, ben.password)).code).toBeTruthy()
  const { data } = await api.users.logs.list(user?.user_id ?? '')
  expect(data.map(({ type }) => type)).toEqual(expect.arrayContaining(['fp', 'limit_wc', 's']))
})

describe('a sign-up by an application', () => {
  const signUp = async (fields: object) => {
    const response = await fetch(`${tenant.url}/dbconnections/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: tenant.clientId, connection, password, ...fields }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  test('makes a user whose id comes without a prefix, and sends the verification', async () => {
    const { status, body } = await signUp({ email: 'New@signup.example', user_metadata: { plan: 'free' } })
    expect([status, body]).toMatchObject([200, { email: 'new@signup.example', email_verified: false }])
    expect((await api.users.get(`auth0|${String(body._id)}`)).user_metadata).toEqual({ plan: 'free' })
    expect((await control.mails()).at(-1)).toMatchObject({ to: 'new@signup.example' })
  })

  test.each([
    ['an address that is taken', { email: ada.email }, 'invalid_signup'],
    ['an unknown application', { email: 'b@signup.example', client_id: 'nobody' }, 'invalid_signup'],
    [
      ...([
        'an application that the database is off for',
        { email: 'd@signup.example', client_id: 'apart' },
      ] as const),
      'invalid_signup',
    ],
    ['a weak password', { email: 'c@signup.example', password: 'short' }, 'invalid_password'],
  ])('refuses %s', async (_, fields, code) => {
    expect(await signUp(fields)).toMatchObject({ status: 400, body: { code } })
  })
})
