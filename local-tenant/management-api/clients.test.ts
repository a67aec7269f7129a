import { describe, expect, test } from 'vitest'
import { connectSdk, failure, useManagementApi } from '../testing/management-sdk.ts'

const { tenant, api } = await useManagementApi()

describe('a patch', () => {
  test('keeps the keys of a map that it does not name, and deletes what is null', async () => {
    const { client_id = '' } = await api.clients.create({
      name: 'Patched',
      client_metadata: { one: '1', two: '2' },
    })
    await api.clients.update(client_id, { client_metadata: { two: null as unknown as string, three: '3' } })
    const after = await api.clients.get(client_id)
    expect(after.client_metadata).toEqual({ one: '1', three: '3' })
    await api.clients.update(client_id, { refresh_token: { rotation_type: 'rotating' } as never })
    const { refresh_token } = await api.clients.get(client_id)
    expect(refresh_token).toMatchObject({ rotation_type: 'rotating', token_lifetime: 2_592_000 })
    await api.clients.update(client_id, { refresh_token: null })
    expect(await api.clients.get(client_id)).not.toHaveProperty('refresh_token')
  })

  test('replaces a list as a whole', async () => {
    const { client_id = '' } = await api.clients.create({
      name: 'Lists',
      callbacks: ['https://a.example', 'https://b.example'],
    })
    await api.clients.update(client_id, { callbacks: ['https://c.example'] })
    expect((await api.clients.get(client_id)).callbacks).toEqual(['https://c.example'])
  })

  test.each([
    ['a field that Auth0 does not know', { colour: 'red' }, "'Additional properties not allowed: colour'"],
    ['a grant type that does not exist', { grant_types: ['magic'] }, 'No enum match for: magic'],
    ['a logout URL that is not a URL', { allowed_logout_urls: ['nowhere'] }, 'format url: nowhere'],
    [
      'a type that does not fit',
      { oidc_conformant: 'yes' },
      "'Expected type boolean but found type string' on property oidc_conformant",
    ],
    ['null for what every application has', { callbacks: null }, "'Expected type array but found type null'"],
    ['a name that is too short', { name: '' }, 'String is too short (0 chars), minimum 1'],
  ])('refuses %s and changes nothing', async (_, body, message) => {
    const { client_id = '' } = await api.clients.create({ name: 'Checked' })
    const before = await api.clients.get(client_id)
    const { statusCode, body: answer } = await failure(api.clients.update(client_id, body as object))
    expect([statusCode, answer]).toEqual([
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        message: expect.stringContaining(message) as string,
        errorCode: 'invalid_body',
      },
    ])
    expect(await api.clients.get(client_id)).toEqual(before)
  })
})

describe('the list', () => {
  test('has the global application, which a filter leaves out', async () => {
    const all = (await api.clients.list({ per_page: 100 })).data
    expect(all.filter((client) => client.global)).toMatchObject([{ name: 'All Applications' }])
    const ours = (await api.clients.list({ per_page: 100, is_global: false })).data
    expect(ours).toHaveLength(all.length - 1)
    expect((await api.clients.list({ is_global: true })).data).toHaveLength(1)
  })

  test('refuses a parameter that Auth0 does not know, instead of passing it over', async () => {
    const refused = await failure(api.clients.list({}, { queryParams: { sort: 'name:1' } }))
    expect(refused.body).toMatchObject({
      message: "Query validation error: 'Additional properties not allowed: sort'.",
      errorCode: 'invalid_query_string',
    })
  })
})

test('a created application has Auth0’s defaults, can log in at once, and is gone after its deletion', async () => {
  const created = await api.clients.create({ name: 'Machine', app_type: 'non_interactive' })
  expect(created).toMatchObject({
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
    is_first_party: true,
    oidc_conformant: false,
  })
  await api.clientGrants.create({
    client_id: created.client_id ?? '',
    audience: `https://${tenant.domain}/api/v2/`,
    scope: ['read:clients'],
  })
  const machine = { clientId: created.client_id ?? '', clientSecret: created.client_secret ?? '' }
  const its = connectSdk({ ...tenant, m2m: machine })
  expect((await its.clients.get(tenant.clientId)).name).toBe('Acme site')
  const { client_secret } = await api.clients.rotateSecret(machine.clientId)
  expect(client_secret).not.toBe(machine.clientSecret)
  await api.clients.delete(machine.clientId)
  await api.clients.delete(machine.clientId)
  expect((await failure(api.clients.get(machine.clientId))).statusCode).toBe(404)
  expect((await api.clientGrants.list({ client_id: machine.clientId })).data).toEqual([])
})

describe('an address that does not exist', () => {
  const ask = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${tenant.url}/api/v2${path}`, { headers })).status

  test.each(['/nowhere', '/clients/nobody', '/flows'])('answers 401 to a stranger: %s', async (path) => {
    expect(await ask(path)).toBe(401)
  })

  test('answers 404 to a token, or 501 where the SDK knows it', async () => {
    const headers = { authorization: `Bearer ${await tenant.managementToken()}` }
    expect(await ask('/nowhere', headers)).toBe(404)
    expect(await ask('/flows', headers)).toBe(501)
  })
})
