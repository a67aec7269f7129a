import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectControl } from '../../index.ts'
import { oneTimeCode } from '../../tenant/one-time-code.ts'
import { ada, ben, startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
const verbs = ['read', 'create', 'update', 'delete']
const scope = `openid offline_access ${verbs.map((verb) => `${verb}:me:authentication_methods`).join(' ')}`
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const spa = seed.clients[1]
      const read = ['read:me:authentication_methods']
      if (spa?.refresh_token)
        spa.refresh_token.policies = [{ audience: 'https://acme.auth0.com/me/', scope: read }]
      seed.client_grants?.push({
        ...{ client_id: spa?.client_id ?? '', audience: 'my-account', subject_type: 'user' },
        scope: [...verbs.map((verb) => `${verb}:me:authentication_methods`), 'read:me:factors'],
      })
      if (spa) seed.clients.push({ ...spa, client_id: 'ungranted', name: 'Without a grant' })
      seed.connections?.[0]?.enabled_clients?.push('ungranted')
    },
  })
})
afterAll(() => tenant.close())

async function tokenOf(user = ada, wanted = scope): Promise<string> {
  const client = createRawClient(tenant, { clientId: tenant.clientId, callback })
  return (await client.obtain(user, { audience: `${tenant.url}/me/`, scope: wanted })).body.access_token
}

interface Answer {
  status: number
  location: string | null
  body: Record<string, unknown> & {
    id: string
    auth_session: string
    authentication_methods: { id: string }[]
  }
}

async function call(
  token: string,
  on: string,
  body?: object,
  sent: Record<string, string> = {},
): Promise<Answer> {
  const [method = '', path = ''] = on.split(' ')
  const response = await fetch(`${tenant.url}/me/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...sent },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  const location = response.headers.get('location')
  return { status: response.status, location, body: (text ? JSON.parse(text) : {}) as Answer['body'] }
}

const at = (id: string, more = '') => `/authentication-methods/${encodeURIComponent(id)}${more}`

describe('the My Account API', () => {
  test('enrols an authenticator app, shows it, renames it, and deletes it', async () => {
    const token = await tokenOf()
    const begun = await call(token, 'POST /authentication-methods', { type: 'totp' })
    expect([begun.status, begun.location]).toEqual([202, `${tenant.url}/me/v1${at(begun.body.id)}`])
    const { id, auth_session } = begun.body
    const wrong = await call(token, `POST ${at(id, '/verify')}`, { auth_session, otp_code: '000' })
    expect(wrong).toMatchObject({
      status: 400,
      body: { title: 'Bad Request', detail: 'The otp_code is wrong.' },
    })
    const otp_code = oneTimeCode(String(begun.body.manual_input_code), Math.floor(Date.now() / 1000))
    const verified = await call(token, `POST ${at(id, '/verify')}`, { auth_session, otp_code })
    expect(verified).toMatchObject({
      status: 201,
      body: { type: 'totp', confirmed: true, usage: ['secondary'] },
    })
    expect((await call(token, `PATCH ${at(id)}`, { name: 'My phone' })).body.name).toBe('My phone')
    const { body } = await call(token, 'GET /authentication-methods')
    expect(body.authentication_methods).toMatchObject([
      { type: 'password' },
      { type: 'totp', name: 'My phone' },
    ])
    expect((await call(token, `DELETE ${at(id)}`)).status).toBe(204)
    expect((await call(token, `GET ${at(id)}`)).status).toBe(404)
  })

  test.each([
    ['phone', { phone_number: '+15551112222' }, '+15551112222'],
    ['email', { email: 'second@acme.example' }, 'second@acme.example'],
  ])('enrols a %s with the code that was sent there', async (type, fields, to) => {
    const token = await tokenOf()
    const { body } = await call(token, 'POST /authentication-methods', { type, ...fields })
    const mails = await connectControl(tenant.url).mails()
    const otp_code = mails.findLast((mail) => mail.to === to)?.code
    const verify = { auth_session: body.auth_session, otp_code }
    const verified = await call(token, `POST ${at(body.id, '/verify')}`, verify)
    expect(verified).toMatchObject({ status: 201, body: { type, ...fields } })
    const listed = await call(token, `GET /authentication-methods?type=${type}`)
    expect(listed.body.authentication_methods).toMatchObject([{ id: body.id, ...fields }])
    expect((await call(token, `POST ${at(body.id, '/verify')}`, verify)).status).toBe(400)
  })

  test('shows a recovery code once', async () => {
    const token = await tokenOf()
    const { body } = await call(token, 'POST /authentication-methods', { type: 'recovery-code' })
    expect(body.recovery_code).toMatch(/^[A-Z0-9]{24}$/)
    const { auth_session } = body
    const verified = await call(token, `POST ${at(body.id, '/verify')}`, { auth_session })
    expect(verified.body).not.toHaveProperty('recovery_code')
    expect((await call(token, `GET ${at(body.id)}`)).status).toBe(200)
  })

  test('is reached with a refresh token by the application’s policy', async () => {
    const client = createRawClient(tenant, { clientId: tenant.clientId, callback })
    const { body } = await client.obtain(ada, { scope: 'openid offline_access' })
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
    const refreshed = await client.token({ ...fields, audience: `${tenant.url}/me/` })
    expect(claimsOf(refreshed.body.access_token)).toMatchObject({
      scope: expect.stringContaining('read:me:authentication_methods') as string,
    })
    expect((await call(refreshed.body.access_token, 'GET /authentication-methods')).status).toBe(200)
    expect(
      (await call(refreshed.body.access_token, 'POST /authentication-methods', { type: 'totp' })).status,
    ).toBe(403)
  })

  test.each(['Basic', 'DPoP', 'bearer x'])('takes no token under the scheme %s', async (scheme) => {
    const token = await tokenOf()
    const sent = { authorization: `${scheme} ${token}` }
    expect((await call(token, 'GET /authentication-methods', undefined, sent)).status).toBe(401)
  })

  test('knows one user only', async () => {
    const { body } = await call(await tokenOf(), 'POST /authentication-methods', { type: 'recovery-code' })
    const verify = `POST ${at(body.id, '/verify')}`
    const { auth_session } = body
    expect((await call(await tokenOf(ben), verify, { auth_session })).status).toBe(400)
  })

  test.each([
    ['an unknown type', { type: 'carrier-pigeon' }, 400],
    ['a phone without a number', { type: 'phone' }, 400],
    ['a passkey, which is not reproduced here', { type: 'passkey' }, 501],
  ])('refuses %s', async (_, body, status) => {
    expect((await call(await tokenOf(), 'POST /authentication-methods', body)).status).toBe(status)
  })

  test('refuses a token for another API, and an application without a client grant', async () => {
    const client = createRawClient(tenant, { clientId: tenant.clientId, callback })
    const { body } = await client.obtain(ada, { audience: 'https://api.acme.example' })
    expect((await call(body.access_token, 'GET /authentication-methods')).status).toBe(401)
    expect((await call('', 'GET /authentication-methods')).body).toMatchObject({
      status: 401,
      title: 'Unauthorized',
    })
    const ungranted = createRawClient(tenant, { clientId: 'ungranted', callback })
    const answer = ungranted.returned(await ungranted.authorize({ audience: `${tenant.url}/me/` }))
    expect(answer.error).toBe('access_denied')
  })

  test('says what is not reproduced', async () => {
    expect((await call(await tokenOf(), 'POST /connected-accounts/connect', {})).status).toBe(501)
  })
})
