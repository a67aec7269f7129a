import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'
import { createSoftwarePasskey } from '../../testing/software-passkey.ts'

const origin = 'http://localhost:3999'
const grant_type = 'urn:okta:params:oauth:grant-type:webauthn'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const app = {
        app_type: 'spa' as const,
        grant_types: [grant_type, 'refresh_token'],
        web_origins: [origin],
      }
      seed.clients.push(
        { ...app, client_id: 'site', name: 'Site' },
        { ...app, client_id: 'other', name: 'Other site' },
        { ...app, client_id: 'third', name: 'Of somebody else', is_first_party: false },
      )
      const [database] = seed.connections ?? []
      database?.enabled_clients?.push('site', 'other', 'third')
      if (database) database.options = { authentication_methods: { passkey: { enabled: true } } }
      seed.connections?.push({ id: 'con_plain', name: 'Plain', strategy: 'auth0' })
      seed.actions?.push({
        name: 'Not from here',
        code: `exports.onExecutePreUserRegistration = async (event, api) => {
          if (event.user.email.startsWith('no-')) api.access.deny('Not from here.')
        }`,
        supported_triggers: [{ id: 'pre-user-registration' }],
      })
      seed.actions?.push({
        name: 'Tell the method',
        onExecutePostLogin(event, api) {
          const [method] = event.authentication.methods
          api.idToken.setCustomClaim('https://acme.example/method', method?.name)
        },
      })
    },
  })
})
afterAll(() => tenant.close())

interface Begun {
  auth_session: string
  authn_params_public_key: { challenge: string; rp: { id: string }; rpId: string; user: { id: string } }
}

async function begin(path: string, body: object) {
  const response = await fetch(`${tenant.url}/passkey/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: 'site', ...body }),
  })
  return { status: response.status, body: (await response.json()) as Begun & Record<string, unknown> }
}

const finish = (
  auth_session: string,
  answer: object,
  fields: Record<string, string> = {},
  clientId = 'site',
) =>
  createRawClient(tenant, { clientId, callback: '' }).token({
    ...{ grant_type, auth_session, authn_response: JSON.stringify(answer), scope: 'openid email', ...fields },
  })

/** Somebody who has signed up with a passkey. */
async function signUp(email: string, passkey = createSoftwarePasskey(origin)) {
  const { body } = await begin('register', { user_profile: { email } })
  const tokens = await finish(body.auth_session, passkey.create(body.authn_params_public_key))
  return { passkey, tokens, body }
}

describe('a passkey', () => {
  test('signs a user up, with the fields that Auth0 documents', async () => {
    const { body, tokens } = await signUp('sign-up@passkey.example')
    expect(body.authn_params_public_key).toMatchObject({
      rp: { id: 'localhost', name: 'localhost' },
      user: { name: 'sign-up@passkey.example' },
      pubKeyCredParams: [{ alg: -8 }, { alg: -7 }, { alg: -257 }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    })
    expect(claimsOf(tokens.body.id_token)).toMatchObject({
      ...{ email: 'sign-up@passkey.example', 'https://acme.example/method': 'passkey' },
    })
  })

  test('logs the user in again', async () => {
    const { passkey, tokens } = await signUp('again@passkey.example')
    const { body } = await begin('challenge', { realm: 'Username-Password-Authentication' })
    expect(body.authn_params_public_key).toMatchObject({ rpId: 'localhost', userVerification: 'preferred' })
    const login = await finish(body.auth_session, passkey.get(body.authn_params_public_key))
    expect(claimsOf(login.body.id_token).sub).toBe(claimsOf(tokens.body.id_token).sub)
  })

  test('is refused with the answer to another challenge, a used session, and by another application', async () => {
    const { passkey } = await signUp('twice@passkey.example')
    const [first, second] = [await begin('challenge', {}), await begin('challenge', {})]
    const answer = passkey.get(first.body.authn_params_public_key)
    expect((await finish(second.body.auth_session, answer)).body.error).toBe('invalid_grant')
    expect((await finish(first.body.auth_session, answer, {}, 'other')).body.error).toBe('invalid_grant')
    expect((await finish(first.body.auth_session, answer)).body.error_description).toContain('auth_session')
  })

  test('of one user is registered for nobody else', async () => {
    const { passkey } = await signUp('first@passkey.example')
    const { tokens } = await signUp('second@passkey.example', passkey)
    expect(tokens).toMatchObject({
      status: 403,
      body: { error_description: 'The passkey is known already.' },
    })
  })

  test('that names another user than its own is refused', async () => {
    const { passkey } = await signUp('handle@passkey.example')
    const { body } = await begin('challenge', {})
    const answer = passkey.get(body.authn_params_public_key)
    const named = { ...answer, response: { ...answer.response, userHandle: 'c29tZWJvZHk' } }
    expect((await finish(body.auth_session, named)).body.error).toBe('invalid_grant')
  })

  test.each([
    ['that nobody has', createSoftwarePasskey(origin), 'The passkey is unknown.'],
    ['of a page elsewhere', undefined, 'does not belong to the application'],
  ])('%s is refused', async (_, stranger, reason) => {
    const elsewhere = createSoftwarePasskey('https://elsewhere.example')
    const begun = stranger
      ? await begin('challenge', {})
      : await begin('register', { user_profile: { email: 'elsewhere@passkey.example' } })
    const options = begun.body.authn_params_public_key
    const answer = stranger ? stranger.get(options) : elsewhere.create(options)
    const refused = await finish(begun.body.auth_session, answer)
    expect(refused).toMatchObject({ status: 403, body: { error: 'invalid_grant' } })
    expect(refused.body.error_description).toContain(reason)
  })

  test('of a sign-up that an Auth0 Action refuses makes no user', async () => {
    expect((await signUp('no-1@passkey.example')).tokens.body).toMatchObject({
      error_description: 'Not from here.',
    })
    expect((await begin('register', { user_profile: { email: 'no-1@passkey.example' } })).status).toBe(200)
  })
})

describe('the passkey API', () => {
  test.each([
    ['an application without the grant', () => ({ client_id: tenant.clientId }), 403],
    ['an application of somebody else', () => ({ client_id: 'third' }), 400],
    ['an unknown application', () => ({ client_id: 'nobody' }), 401],
    ['a database without passkeys', () => ({ realm: 'Plain' }), 400],
    ['an unknown connection', () => ({ realm: 'nowhere' }), 400],
  ])('refuses %s', async (_, body, status) => {
    expect((await begin('challenge', body())).status).toBe(status)
  })

  test.each([
    ['no profile', {}],
    ['a field that is none', { user_profile: { email: 'a@passkey.example', shoe_size: 43 } }],
    ['a user who is there', { user_profile: { email: 'ada@acme.example' } }],
  ])('registers nobody with %s', async (_, body) => {
    expect(await begin('register', body)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test.each(['nonsense', '{"id":"x"}', '{"id":"x","response":{"clientDataJSON":5}}'])(
    'takes no answer that is none: %s',
    async (authn_response) => {
      const { body } = await begin('challenge', {})
      const client = createRawClient(tenant, { clientId: 'site', callback: '' })
      const answer = { grant_type, auth_session: body.auth_session, authn_response }
      expect(await client.token(answer)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    },
  )
})
