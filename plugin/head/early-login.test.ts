// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { takeEarlyLogin, type EarlyLogin } from './early-login.ts'

const connection = { domain: 'acme.eu.auth0.com', clientId: 'client' }
const now = Math.floor(Date.now() / 1000)
const genuine = {
  iss: 'https://acme.eu.auth0.com/',
  sub: 'auth0|ada',
  aud: 'client',
  nonce: 'nonce',
  iat: now,
  exp: now + 3600,
  name: 'Ada Byron',
  sid: 'session',
}

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
const token = (claims: object, header: object = { alg: 'RS256', typ: 'JWT' }, signature = 'c2lnbmF0dXJl') =>
  `${encode(header)}.${encode({ ...genuine, ...claims })}.${signature}`

/** What the page makes of an answer that the tenant gave its head. */
function take(id_token: unknown, answer: object = {}, asked: { organization?: string } = {}) {
  const given = { nonce: 'nonce', id_token, access_token: 'access', expires_in: 86_400, ...answer }
  window.lowgateEarly = { ...connection, answer: Promise.resolve(given) } as EarlyLogin
  return takeEarlyLogin({ ...connection, ...asked })
}

afterEach(() => delete window.lowgateEarly)

test('takes the answer to the page’s own question, without the protocol’s claims', async () => {
  expect(await take(token({}))).toMatchObject({
    session: { user: { sub: 'auth0|ada', name: 'Ada Byron' } },
    tokens: { access_token: 'access', token_type: 'Bearer' },
  })
  expect((await take(token({})))?.session.user).not.toHaveProperty('sid')
})

test('says when to renew the access token: a minute before its end, or at once when that is unknown', async () => {
  vi.useFakeTimers({ now: now * 1000 })
  try {
    expect((await take(token({}), { expires_in: 600 }))?.endsAt).toBe(now + 540)
    expect((await take(token({}), { expires_in: undefined }))?.endsAt).toBe(now - 60)
  } finally {
    vi.useRealTimers()
  }
})

test('takes an answer once', async () => {
  await take(token({}))
  expect(await takeEarlyLogin(connection)).toBeUndefined()
})

describe('refuses a token as the SDK does:', () => {
  test.each<[string, string]>([
    ['not signed', token({}, { alg: 'none' }, '')],
    ['that says it is not signed', token({}, { alg: 'none' })],
    ['that says so in other letters', token({}, { alg: 'NoNe' })],
    ['without an algorithm', token({}, {})],
    ['signed with a shared secret', token({}, { alg: 'HS256' })],
    ['signed in a way that Auth0 was not asked for', token({}, { alg: 'ES256' })],
    ['without an issuer', token({ iss: undefined })],
    ['of another issuer', token({ iss: 'https://evil.eu.auth0.com/' })],
    ['of an issuer without the last slash', token({ iss: 'https://acme.eu.auth0.com' })],
    ['of nobody', token({ sub: '' })],
    ['for no application', token({ aud: undefined })],
    ['for another application', token({ aud: 'other' })],
    ['for other applications', token({ aud: ['other', 'third'] })],
    ['for several applications, without the one it was given to', token({ aud: ['client', 'other'] })],
    ['given to another application', token({ aud: ['client', 'other'], azp: 'other' })],
    ['without a nonce', token({ nonce: undefined })],
    ['with another nonce', token({ nonce: 'other' })],
    ['without an end', token({ exp: undefined })],
    ['whose end is a text', token({ exp: String(now + 3600) })],
    ['that has ended', token({ exp: now - 61 })],
    ['without a time of issue', token({ iat: undefined })],
    ['that is not valid yet', token({ nbf: now + 120 })],
    ['in two parts', token({}).split('.').slice(0, 2).join('.')],
    ['in four parts', `${token({})}.x`],
    ['that is not JSON', 'a.b.c'],
  ])('%s', async (_, idToken) => {
    expect(await take(idToken)).toBeUndefined()
  })

  test.each([
    ['of no organization', {}, 'org_north'],
    ['of another organization', { org_id: 'org_south' }, 'org_north'],
    ['of another organization, by name', { org_id: 'org_south', org_name: 'south' }, 'North'],
    ['that names an organization only where its id was asked for', { org_name: 'org_north' }, 'org_north'],
  ])('%s', async (_, claims, organization) => {
    expect(await take(token(claims), {}, { organization })).toBeUndefined()
  })

  test.each([
    ['org_north', { org_id: 'org_north' }],
    ['North', { org_id: 'org_1', org_name: 'north' }],
  ])('and takes one of the organization “%s”', async (organization, claims) => {
    expect(await take(token(claims), {}, { organization })).toBeDefined()
  })
})

test.each<[string, unknown, object]>([
  ['no ID token', undefined, {}],
  ['an ID token that is not a text', 7, {}],
  ['no access token', token({}), { access_token: undefined }],
  ['no nonce of the page’s own', token({ nonce: undefined }), { nonce: undefined }],
])('refuses an answer with %s', async (_, idToken, answer) => {
  expect(await take(idToken, answer)).toBeUndefined()
})

test('an access token whose lifetime comes as a text ends when it says', async () => {
  const login = await take(token({}), { expires_in: '3600' })
  expect(login?.endsAt).toBeGreaterThan(now + 3500)
  expect(login?.endsAt).toBeLessThan(now + 3600)
})

test('leaves a session with an end of its own to the SDK, which watches over it', async () => {
  expect(await take(token({ session_expiry: now + 3600 }))).toBeUndefined()
})

test('takes nothing that was asked of another tenant or for another application', async () => {
  for (const other of [{ domain: 'other.eu.auth0.com' }, { clientId: 'other' }]) {
    window.lowgateEarly = {
      ...connection,
      ...other,
      answer: Promise.resolve({ nonce: 'nonce', id_token: token({}), access_token: 'a', expires_in: 9 }),
    }
    expect(await takeEarlyLogin(connection)).toBeUndefined()
  }
})

test('an answer that never came is not a login', async () => {
  window.lowgateEarly = { ...connection, answer: Promise.reject(new TypeError('offline')) }
  expect(await takeEarlyLogin(connection)).toBeUndefined()
})
