import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectControl, type TenantControl } from '../../index.ts'
import { ada, ben, cleo, startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'

const realm = 'Username-Password-Authentication'
const passwordRealm = 'http://auth0.com/oauth/grant-type/password-realm'
const api = 'https://api.acme.example'
let tenant: DemoTenant
let control: TenantControl

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const grant_types = ['password', passwordRealm, 'refresh_token']
      const app = { app_type: 'native' as const, grant_types, is_first_party: true }
      seed.clients.push(
        { ...app, client_id: 'native', name: 'App with a form of its own' },
        { ...app, client_id: 'team', name: 'For teams', organization_usage: 'require' },
        { ...app, client_id: 'apart', name: 'Not at the database' },
      )
      seed.connections?.[0]?.enabled_clients?.push('native', 'team')
      seed.connections?.push({
        ...{ id: 'con_second', name: 'Second', strategy: 'auth0', enabled_clients: [] },
      })
      seed.actions?.push({
        name: 'No kiosk',
        onExecutePostLogin(event, api) {
          const { transaction, user } = event
          api.idToken.setCustomClaim('https://acme.example/protocol', transaction.protocol)
          if (user.user_metadata.kiosk) api.access.deny('Not from a kiosk.')
        },
      })
      seed.users?.push({
        ...{ user_id: 'auth0|kiosk', email: 'kiosk@acme.example', password: 'Kiosk-Password-1' },
        user_metadata: { kiosk: true },
      })
    },
  })
  control = connectControl(tenant.url)
})
beforeEach(() => control.changeTenant({ default_directory: realm }))
afterAll(() => tenant.close())

function ask(fields: Record<string, string>, clientId = 'native') {
  const client = createRawClient(tenant, { clientId, callback: '' })
  return client.token({ grant_type: 'password', username: ada.email, password: ada.password, ...fields })
}

describe('the password grant', () => {
  test.each(['http', 'https'])(
    'names the Management API with %s, and gives users no scope of it',
    async (scheme) => {
      const audience = `${scheme}://${new URL(tenant.url).host}/api/v2/`
      const { status, body } = await ask({ audience, scope: 'openid read:users' })
      expect([status, body.scope]).toEqual([200, 'openid'])
    },
  )

  test('takes null in a JSON body for a parameter that was not sent', async () => {
    const fields = {
      grant_type: 'password',
      username: ada.email,
      password: ada.password,
      client_id: 'native',
    }
    const response = await fetch(`${tenant.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...fields, audience: null, organization: null }),
    })
    expect(response.status).toBe(200)
  })

  test('gives tokens for the default directory, to an ID token without a session', async () => {
    const { status, body } = await ask({ scope: 'openid email' })
    expect([status, body.token_type, body.scope]).toEqual([200, 'Bearer', 'openid email'])
    const claims = claimsOf(body.id_token)
    expect(claims).toMatchObject({
      ...{ iss: `${tenant.url}/`, aud: 'native', email: ada.email },
      'https://acme.example/protocol': 'oauth2-password',
    })
    expect(claims).not.toHaveProperty('sid')
  })

  test('gives a token for an API with what the user may do there, and every scope without scope', async () => {
    const named = await ask({ audience: api, scope: 'openid read:orders admin:everything' })
    expect(named.body.scope).toBe('openid read:orders')
    const everything = await ask({ audience: api })
    expect(everything.body.scope).toContain('write:orders')
    expect(claimsOf(everything.body.access_token)).toMatchObject({
      azp: 'native',
      sub: expect.any(String) as string,
    })
  })

  test('gives a refresh token that goes on refreshing', async () => {
    const { body } = await ask({ scope: 'openid offline_access' })
    const refreshed = await ask({ grant_type: 'refresh_token', refresh_token: body.refresh_token })
    expect(refreshed.status).toBe(200)
    expect(claimsOf(refreshed.body.id_token).sub).toBe(claimsOf(body.id_token).sub)
  })

  test('counts as a login, and is logged', async () => {
    await ask({})
    const token = await tenant.managementToken()
    const headers = { authorization: `Bearer ${token}` }
    const logs = (await (await fetch(`${tenant.url}/api/v2/logs`, { headers })).json()) as { type: string }[]
    expect(logs.map(({ type }) => type)).toContain('sepft')
  })

  test.each([
    ['a wrong password', { password: 'wrong' }, 403, 'invalid_grant', 'Wrong email or password.'],
    [
      'an unknown user',
      { username: 'nobody@acme.example' },
      403,
      'invalid_grant',
      'Wrong email or password.',
    ],
    [
      ...(['a blocked user', { username: cleo.email, password: cleo.password }, 403] as const),
      ...(['unauthorized', 'user is blocked'] as const),
    ],
    [
      ...([
        'whom an Auth0 Action refuses',
        { username: 'kiosk@acme.example', password: 'Kiosk-Password-1' },
      ] as const),
      ...([403, 'access_denied', 'Not from a kiosk.'] as const),
    ],
    ['no password', { password: '' }, 400, 'invalid_request', 'Missing required parameter: password'],
    ['an unknown API', { audience: 'x' }, 403, 'access_denied', 'Service not found: x'],
    [
      ...(['an organization', { organization: 'org_acmeNorth0000001' }, 400, 'invalid_request'] as const),
      'parameter organization is not allowed for this client',
    ],
  ])('refuses %s', async (_, fields, status, error, error_description) => {
    expect(await ask(fields)).toEqual({ status, body: { error, error_description } })
  })

  test('closes the account for this address after ten wrong passwords', async () => {
    const wrong = { username: ben.email, password: 'wrong' }
    for (let attempt = 0; attempt < 10; attempt += 1) await ask(wrong)
    const { status, body } = await ask({ username: ben.email, password: ben.password })
    expect([status, body.error]).toEqual([429, 'too_many_attempts'])
  })

  test('is refused without a default directory, and where the application is not at it', async () => {
    expect((await ask({}, 'apart')).body.error_description).toBe('the connection was not found')
    await control.changeTenant({ default_directory: '' })
    expect(await ask({})).toMatchObject({ status: 500, body: { error: 'server_error' } })
  })

  test('is off unless the application lists it', async () => {
    const { status, body } = await ask({}, tenant.clientId)
    expect([status, body.error]).toEqual([403, 'unauthorized_client'])
  })
})

describe('the password-realm grant', () => {
  test('asks the connection that it names, and no other', async () => {
    expect((await ask({ grant_type: passwordRealm, realm })).status).toBe(200)
    for (const other of ['google-oauth2', 'Second', 'nowhere'])
      expect(await ask({ grant_type: passwordRealm, realm: other })).toMatchObject({
        status: 400,
        body: { error_description: 'the connection was not found' },
      })
    expect((await ask({ grant_type: passwordRealm })).body.error).toBe('invalid_request')
  })

  test('goes into an organization by the rules of /authorize', async () => {
    const team = (fields: Record<string, string>) =>
      ask({ grant_type: passwordRealm, realm, ...fields }, 'team')
    expect((await team({})).body.error_description).toBe('parameter organization is required for this client')
    const inside = await team({ organization: 'acme-north', scope: 'openid' })
    expect(claimsOf(inside.body.id_token)).toMatchObject({ org_id: 'org_acmeNorth0000001' })
    const kiosk = { username: 'kiosk@acme.example', password: 'Kiosk-Password-1' }
    expect((await team({ ...kiosk, organization: 'acme-north' })).body.error).toBe('access_denied')
  })
})
