import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectControl, type TenantControl } from '../../index.ts'
import { oneTimeCode } from '../../tenant/one-time-code.ts'
import { startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'

const realm = 'Username-Password-Authentication'
const auth0 = 'http://auth0.com/oauth/grant-type'
const multifactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'
const password = 'A-Good-Password-1'
let tenant: DemoTenant
let control: TenantControl

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const factors = ['otp', 'oob', 'recovery-code'].map((factor) => `${auth0}/mfa-${factor}`)
      const grant_types = ['password', 'refresh_token', ...factors]
      seed.tenant = { ...seed.tenant, default_directory: realm }
      seed.clients.push(
        { client_id: 'native', name: 'App', app_type: 'native', grant_types },
        { client_id: 'other', name: 'Other app', app_type: 'native', grant_types },
        { client_id: 'plain', name: 'Without MFA', app_type: 'native', grant_types: ['password'] },
      )
      seed.connections?.[0]?.enabled_clients?.push('native', 'other', 'plain')
      for (const name of ['otp', 'sms', 'mail', 'list', 'drop', 'late', 'code', 'plain', 'early', 'stale'])
        seed.users?.push({ user_id: `auth0|${name}`, email: `${name}@mfa.example`, password })
      seed.actions?.push(
        {
          name: 'Second factor',
          onExecutePostLogin(event, api) {
            if (event.user.email.endsWith('@mfa.example')) api.multifactor.enable('any')
          },
        },
        {
          name: 'Phone gateway',
          code: `exports.onExecuteSendPhoneMessage = async ({ message_options, user }) => {
            if (message_options.recipient === '+15550000000') throw new Error('No such number.')
            console.log([message_options.action, message_options.message_type, user.user_id].join(' '))
          }`,
          supported_triggers: [{ id: 'send-phone-message' }],
        },
      )
    },
  })
  control = connectControl(tenant.url)
})
afterAll(() => tenant.close())

interface Answer {
  status: number
  body: Record<string, unknown> & { secret: string; recovery_codes: string[]; oob_code: string }
}

async function call(method: string, path: string, token: string, body?: object): Promise<Answer> {
  const response = await fetch(`${tenant.url}/mfa/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer['body'] }
}

const at = (clientId = 'native') => createRawClient(tenant, { clientId, callback: '' })
const logIn = (name: string, fields: Record<string, string> = {}, clientId?: string) =>
  at(clientId).token({ grant_type: 'password', username: `${name}@mfa.example`, password, ...fields })

/** What a login answers instead of tokens. */
async function mfaTokenOf(name: string, fields?: Record<string, string>): Promise<string> {
  return String((await logIn(name, fields)).body.mfa_token)
}

const prove = (factor: string, fields: Record<string, string>, clientId?: string) =>
  at(clientId).token({ grant_type: `${auth0}/mfa-${factor}`, ...fields })
const now = () => Math.floor(Date.now() / 1000)

/** Enrols an authenticator app and answers its secret and recovery code. */
async function enrolApp(name: string) {
  const mfa_token = await mfaTokenOf(name)
  const { body } = await call('POST', 'associate', mfa_token, { authenticator_types: ['otp'] })
  await prove('otp', { mfa_token, otp: oneTimeCode(body.secret, now()) })
  return { secret: body.secret, recoveryCode: body.recovery_codes[0] ?? '' }
}

const lastCode = async (to: string) => (await control.mails()).findLast((mail) => mail.to === to)?.code ?? ''

describe('a login that needs a second factor', () => {
  test('is told so with what can be enrolled, enrols an app, and ends with amr and acr', async () => {
    const refused = await logIn('otp', { scope: 'openid offline_access' })
    expect(refused).toMatchObject({
      status: 403,
      body: {
        error: 'mfa_required',
        error_description: 'Multifactor authentication required',
        mfa_requirements: { enroll: [{ type: 'otp' }, { type: 'phone' }, { type: 'email' }] },
      },
    })
    const mfa_token = String(refused.body.mfa_token)
    const { status, body } = await call('POST', 'associate', mfa_token, { authenticator_types: ['otp'] })
    expect([status, body.authenticator_type]).toEqual([200, 'otp'])
    expect(body.barcode_uri).toContain(`secret=${body.secret}`)
    const wrong = await prove('otp', { mfa_token, otp: '000' })
    expect(wrong).toMatchObject({ status: 403, body: { error_description: 'Invalid otp_code.' } })
    const { body: tokens } = await prove('otp', { mfa_token, otp: oneTimeCode(body.secret, now()) })
    expect(claimsOf(tokens.id_token)).toMatchObject({ amr: ['mfa'], acr: multifactor })
    expect(tokens.refresh_token).toBeTypeOf('string')
    const again = await prove('otp', { mfa_token, otp: oneTimeCode(body.secret, now()) })
    expect(again.body.error_description).toBe('Malformed mfa_token')
  })

  test('is not ended by the recovery code of an enrolment that nobody has finished', async () => {
    const mfa_token = await mfaTokenOf('early')
    const { body } = await call('POST', 'associate', mfa_token, { authenticator_types: ['otp'] })
    const recovery_code = body.recovery_codes[0] ?? ''
    const refused = await prove('recovery-code', { mfa_token, recovery_code })
    expect(refused.body.error_description).toBe('Invalid recovery_code.')
    await prove('otp', { mfa_token, otp: oneTimeCode(body.secret, now()) })
    const later = await prove('recovery-code', { mfa_token: await mfaTokenOf('early'), recovery_code })
    expect(later.status).toBe(200)
  })

  test('takes no enrolment that was begun before the user enrolled elsewhere', async () => {
    const mfa_token = await mfaTokenOf('stale')
    const begun = await call('POST', 'associate', mfa_token, { authenticator_types: ['otp'] })
    const sent = { authenticator_types: ['oob'], oob_channels: ['sms'], phone_number: '+15550001234' }
    const { oob_code } = (await call('POST', 'associate', mfa_token, sent)).body
    await enrolApp('stale')
    const app = await prove('otp', { mfa_token, otp: oneTimeCode(begun.body.secret, now()) })
    expect(app.body.error_description).toBe('Invalid otp_code.')
    const binding_code = await lastCode('+15550001234')
    const phone = await prove('oob', { mfa_token, oob_code, binding_code })
    expect(phone.body.error_description).toBe('Invalid oob_code.')
  })

  test('is challenged with what is enrolled, and enrols nothing else', async () => {
    const { secret } = await enrolApp('list')
    const refused = await logIn('list')
    expect(refused.body.mfa_requirements).toEqual({ challenge: [{ type: 'recovery-code' }, { type: 'otp' }] })
    const mfa_token = String(refused.body.mfa_token)
    const listed = await call('GET', 'authenticators', mfa_token)
    expect(listed.body).toMatchObject([
      { authenticator_type: 'recovery-code', active: true },
      { authenticator_type: 'otp', active: true },
    ])
    const more = await call('POST', 'associate', mfa_token, { authenticator_types: ['otp'] })
    expect(more).toMatchObject({ status: 403, body: { error_description: 'User is already enrolled.' } })
    const challenge = { client_id: 'native', mfa_token, challenge_type: 'otp' }
    expect((await call('POST', 'challenge', '', challenge)).body).toEqual({ challenge_type: 'otp' })
    const oob = await call('POST', 'challenge', '', { ...challenge, challenge_type: 'oob' })
    expect([oob.status, oob.body.error]).toEqual([400, 'unsupported_challenge_type'])
    expect((await prove('otp', { mfa_token, otp: oneTimeCode(secret, now()) })).status).toBe(200)
  })

  test.each([
    ['sms', { oob_channels: ['sms'], phone_number: '+15551234567' }, 'sms', '+15551234567'],
    ['mail', { oob_channels: ['email'] }, 'email', 'mail@mfa.example'],
  ])('takes a code sent by %s, at enrolment and at the next login', async (name, body, channel, to) => {
    const mfa_token = await mfaTokenOf(name)
    const associated = await call('POST', 'associate', mfa_token, { authenticator_types: ['oob'], ...body })
    expect(associated.body).toMatchObject({
      authenticator_type: 'oob',
      oob_channel: channel,
      binding_method: 'prompt',
    })
    const { oob_code } = associated.body
    const wrong = await prove('oob', { mfa_token, oob_code, binding_code: 'x' })
    expect(wrong.body.error_description).toBe('Invalid binding_code.')
    expect((await prove('oob', { mfa_token, oob_code, binding_code: await lastCode(to) })).status).toBe(200)

    const next = await mfaTokenOf(name)
    const asked = { client_id: 'native', mfa_token: next, challenge_type: 'oob' }
    const challenge = await call('POST', 'challenge', '', asked)
    expect(challenge.body).toMatchObject({ challenge_type: 'oob', binding_method: 'prompt' })
    const binding_code = await lastCode(to)
    const tokens = await prove('oob', { mfa_token: next, oob_code: challenge.body.oob_code, binding_code })
    expect(tokens.status).toBe(200)
  })

  test('is not sent a code where the Auth0 Action of the trigger throws', async () => {
    const mfa_token = await mfaTokenOf('plain')
    const phone = { authenticator_types: ['oob'], oob_channels: ['voice'], phone_number: '+15550000000' }
    const { status, body } = await call('POST', 'associate', mfa_token, phone)
    expect([status, body.error_description]).toEqual([400, 'The message was not sent: No such number.'])
  })

  test('takes a recovery code once, and gives the next one', async () => {
    const { recoveryCode } = await enrolApp('code')
    const fields = { mfa_token: await mfaTokenOf('code'), recovery_code: recoveryCode }
    const first = await prove('recovery-code', fields)
    expect(first.body.recovery_code).toEqual(expect.stringMatching(/^[A-Z0-9]{24}$/))
    const again = await prove('recovery-code', { ...fields, mfa_token: await mfaTokenOf('code') })
    expect(again.body.error_description).toBe('Invalid recovery_code.')
  })

  test('ends ten minutes later', async () => {
    const mfa_token = await mfaTokenOf('late')
    await control.shiftClock(601)
    const late = await call('GET', 'authenticators', mfa_token)
    await control.shiftClock(0)
    expect(late).toMatchObject({ status: 403, body: { error: 'expired_token' } })
  })
})

describe('the MFA API', () => {
  test('deletes an authenticator with an access token of its own, which takes the factor to get', async () => {
    const { secret } = await enrolApp('drop')
    const scope = 'openid read:authenticators remove:authenticators enroll'
    const mfa_token = await mfaTokenOf('drop', { audience: `${tenant.url}/mfa/`, scope })
    const { body } = await prove('otp', { mfa_token, otp: oneTimeCode(secret, now()) })
    const { access_token } = body
    expect(body).toMatchObject({ expires_in: 600, scope })
    const listed = (await call('GET', 'authenticators', access_token)).body as unknown as { id: string }[]
    const app = encodeURIComponent(listed.find(({ id }) => id.startsWith('totp'))?.id ?? '')
    const withMfaToken = await call('DELETE', `authenticators/${app}`, await mfaTokenOf('drop'))
    expect(withMfaToken.status).toBe(403)
    const added = await call('POST', 'associate', access_token, {
      ...{ authenticator_types: ['oob'], oob_channels: ['sms'], phone_number: '+15557654321' },
    })
    expect(added.status).toBe(200)
    expect((await call('DELETE', `authenticators/${app}`, access_token)).status).toBe(204)
    expect((await call('DELETE', `authenticators/${app}`, access_token)).status).toBe(404)
  })

  test.each([
    ['no token', '', 401, 'access_denied'],
    ['a token that is none', 'nonsense', 403, 'invalid_grant'],
  ])('refuses %s', async (_, token, status, error) => {
    expect(await call('GET', 'authenticators', token)).toMatchObject({ status, body: { error } })
  })

  test('refuses another application, one without the grants, and what nobody enrolled', async () => {
    const mfa_token = await mfaTokenOf('plain')
    const challenge = (client_id: string) =>
      call('POST', 'challenge', '', { client_id, mfa_token, challenge_type: 'otp' })
    expect((await challenge('other')).body.error_description).toBe('Malformed mfa_token')
    expect((await challenge('nobody')).status).toBe(401)
    expect((await challenge('native')).body.error).toBe('association_required')
    expect((await prove('otp', { mfa_token, otp: '123456' }, 'other')).body.error).toBe('invalid_grant')
    const plain = await logIn('plain', {}, 'plain')
    expect((await call('GET', 'authenticators', String(plain.body.mfa_token))).body.error).toBe(
      'unauthorized_client',
    )
  })

  test('says that push notifications are not reproduced', async () => {
    const push = { authenticator_types: ['oob'], oob_channels: ['auth0'] }
    expect((await call('POST', 'associate', await mfaTokenOf('plain'), push)).status).toBe(501)
  })
})
