import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ManagementClient } from 'auth0'
import { startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import { connectSdk, failure } from '../../testing/management-sdk.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'

const type = 'https://acme.example/legacy-token'
const adaId = 'auth0|65f1b0000000000000000001'
/** The subject token of these tests is what the Action is to do. */
const code = `exports.onExecuteCustomTokenExchange = async ({ transaction, secrets, client }, api) => {
  const [what, ...words] = transaction.subject_token.split(' ')
  if (what === 'user') api.authentication.setUserById(words[0])
  if (what === 'new') {
    const attributes = { user_id: words[0], email: words[1], email_verified: true, verify_email: false }
    const creationBehavior = words[2] ?? 'create_if_not_exists'
    const options = { creationBehavior, updateBehavior: 'none' }
    api.authentication.setUserByConnection('Username-Password-Authentication', attributes, options)
  }
  if (what === 'attributes')
    api.authentication.setUserByConnection('Username-Password-Authentication', JSON.parse(words.join(' ')), {
      creationBehavior: 'create_if_not_exists',
      updateBehavior: 'replace',
    })
  if (what === 'team') {
    api.authentication.setOrganization('org_acmeNorth0000001')
    api.authentication.setUserById(words[0])
  }
  if (what === 'metadata') {
    api.authentication.setUserById(words[0])
    api.user.setAppMetadata('seen', [secrets.KEY, client.client_id, transaction.requested_scopes.join()].join(' '))
  }
  if (what === 'deny') api.access.deny('not_today', 'Come back tomorrow.')
  if (what === 'invalid') api.access.rejectInvalidSubjectToken('That is not a token.')
  if (what === 'actor') api.authentication.setActor({ sub: 'somebody' })
}`
let tenant: DemoTenant
let api: ManagementClient

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const app = { app_type: 'regular_web' as const, client_secret: 'secret' }
      const token_exchange = { allow_any_profile_of_type: ['custom_authentication'] }
      seed.clients.push(
        { ...app, client_id: 'exchange', name: 'Exchanges', token_exchange, organization_usage: 'allow' },
        { ...app, client_id: 'plain', name: 'Does not' },
      )
      seed.connections?.[0]?.enabled_clients?.push('exchange', 'plain')
      const supported_triggers = [{ id: 'custom-token-exchange' }]
      const secrets = [{ name: 'KEY', value: 'sesame' }]
      seed.actions?.push({ id: 'legacy', name: 'Legacy tokens', code, supported_triggers, secrets })
      seed.actions?.push({
        name: 'Second factor after an exchange',
        onExecutePostLogin(event, api) {
          const { protocol, acr_values } = event.transaction
          if (protocol === 'oauth2-token-exchange' && event.user.email === 'factor@acme.example')
            api.multifactor.enable('any')
          if (acr_values.length === 0) api.idToken.setCustomClaim('https://acme.example/protocol', protocol)
        },
      })
      seed.connections?.push({ id: 'con_second', name: 'Second', strategy: 'auth0' })
      seed.users?.push({ user_id: 'auth0|second', email: 'second@acme.example', connection: 'Second' })
      seed.users?.push({ user_id: 'auth0|factor', email: 'factor@acme.example' })
      seed.token_exchange_profiles = [
        {
          id: 'tep_1',
          name: 'Legacy',
          subject_token_type: type,
          action_id: 'legacy',
          type: 'custom_authentication',
        },
      ]
    },
  })
  api = connectSdk(tenant)
})
afterAll(() => tenant.close())

const exchange = (subject_token: string, fields: Record<string, string> = {}, clientId = 'exchange') =>
  createRawClient(tenant, { clientId, callback: '' }).token({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    ...{ subject_token, subject_token_type: type, client_secret: 'secret', ...fields },
  })

describe('custom token exchange', () => {
  test('gives tokens for the user that the Auth0 Action of the profile names, and runs post-login', async () => {
    const { status, body } = await exchange(`user ${adaId}`, { scope: 'openid offline_access' })
    expect([status, body.issued_token_type]).toEqual([200, 'urn:ietf:params:oauth:token-type:access_token'])
    expect(claimsOf(body.id_token)).toMatchObject({
      ...{ sub: adaId, 'https://acme.example/protocol': 'oauth2-token-exchange' },
    })
    expect(body.refresh_token).toBeTypeOf('string')
  })

  test('tells the Action of the request and its secrets, and keeps metadata', async () => {
    await exchange(`metadata ${adaId}`, { scope: 'openid' })
    expect((await api.users.get(adaId)).app_metadata).toEqual({ seen: 'sesame exchange openid' })
  })

  test('makes a user in a connection, once, and changes no address of one who is there', async () => {
    const first = await exchange('new 42 new@legacy.example')
    const again = await exchange('new 42 new@legacy.example')
    expect([first, again].map(({ body }) => claimsOf(body.id_token).sub)).toEqual(['auth0|42', 'auth0|42'])
    const other = await exchange('new 42 other@legacy.example')
    expect(other.body.error_description).toContain("user's email cannot be changed")
    expect((await exchange('new 43 x@legacy.example none')).body.error).toBe('invalid_request')
  })

  test.each([
    ['who belongs to another connection', { user_id: 'second', nickname: 'Taken over' }],
    ['with an address that another user has', { user_id: '44', email: 'ADA@acme.example' }],
    ['without an id', { email: 'nameless@legacy.example' }],
  ])('makes and changes no user %s', async (_, attributes) => {
    const refused = await exchange(`attributes ${JSON.stringify(attributes)}`)
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect((await api.users.get('auth0|second')).nickname).not.toBe('Taken over')
  })

  test('finds the user of an id without an address, and compares addresses in lower case', async () => {
    await exchange('attributes {"user_id":"45","email":"Mixed@legacy.example"}')
    for (const more of ['', ',"email":"MIXED@legacy.example"']) {
      const { body } = await exchange(`attributes {"user_id":"45"${more}}`)
      expect(claimsOf(body.id_token)).toMatchObject({ sub: 'auth0|45', email: 'mixed@legacy.example' })
    }
  })

  test('goes into the organization that the Action sets, if the user is a member', async () => {
    expect(claimsOf((await exchange(`team ${adaId}`)).body.id_token)).toMatchObject({
      org_id: 'org_acmeNorth0000001',
    })
    expect((await exchange('team auth0|65f1b0000000000000000003')).body.error).toBe('unauthorized')
    expect((await exchange('team auth0|factor')).body.error).toBe('access_denied')
  })

  test('asks for a second factor where post-login does', async () => {
    const { status, body } = await exchange('user auth0|factor')
    expect([status, body.error, typeof body.mfa_token]).toEqual([403, 'mfa_required', 'string'])
  })

  test.each([
    ['what the Action denies', 'deny', {}, 403, 'not_today'],
    ['a blocked user', 'user auth0|65f1b0000000000000000003', {}, 403, 'unauthorized'],
    ['a user who does not exist', 'user auth0|none', {}, 400, 'invalid_request'],
    ['an Action that sets nobody', 'nobody', {}, 400, 'invalid_request'],
    ['an Action that sets an actor', 'actor', {}, 500, 'server_error'],
    ['a type without a profile', 'user x', { subject_token_type: 'urn:acme:other' }, 400, 'invalid_request'],
    ['no subject token', '', {}, 400, 'invalid_request'],
    ['an actor token, which is not reproduced', 'user x', { actor_token: 'x' }, 501, 'not_implemented'],
  ])('refuses %s', async (_, token, fields, status, error) => {
    expect(await exchange(token, fields)).toMatchObject({ status, body: { error } })
  })

  test('closes for an address that sends ten invalid tokens', async () => {
    const answers = []
    for (let attempt = 0; attempt <= 10; attempt += 1) answers.push((await exchange('invalid')).body.error)
    expect(answers).toEqual([...Array<string>(10).fill('invalid_request'), 'too_many_attempts'])
  })

  test('is off unless the application’s token_exchange allows it', async () => {
    expect((await exchange(`user ${adaId}`, {}, 'plain')).body.error).toBe('unauthorized_client')
  })
})

describe('token exchange profiles', () => {
  test('are made, listed, changed and deleted', async () => {
    const body = { name: 'Another', subject_token_type: 'urn:acme:another', action_id: 'legacy' }
    const made = await api.tokenExchangeProfiles.create({ ...body, type: 'custom_authentication' })
    expect(made).toMatchObject({ ...body, id: expect.stringMatching(/^tep_/) as string })
    const id = made.id ?? ''
    await api.tokenExchangeProfiles.update(id, { name: 'Renamed' })
    expect(await api.tokenExchangeProfiles.get(id)).toMatchObject({ name: 'Renamed' })
    expect((await api.tokenExchangeProfiles.list()).data.map((each) => each.id)).toContain(id)
    await api.tokenExchangeProfiles.delete(id)
    expect((await failure(api.tokenExchangeProfiles.get(id))).statusCode).toBe(404)
  })

  test.each([
    ['urn:ietf:params:oauth:token-type:jwt', 'legacy', 400],
    [type, 'legacy', 409],
    ['urn:acme:x', 'none', 404],
  ])('are refused for %s with the Action %s', async (subject_token_type, action_id, statusCode) => {
    const body = { name: 'Refused', subject_token_type, action_id, type: 'custom_authentication' as const }
    expect((await failure(api.tokenExchangeProfiles.create(body))).statusCode).toBe(statusCode)
  })

  test('nothing is bound to a trigger that never runs here, and the answer says so', async () => {
    const bindings = [{ ref: { type: 'action_id' as const, value: 'legacy' } }]
    const refused = await failure(
      api.actions.triggers.bindings.updateMany('password-reset-post-challenge', { bindings }),
    )
    expect(refused).toMatchObject({ statusCode: 501 })
  })
})
