// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTokenCache, readClaims, recallSession, toState } from './token-cache.ts'

beforeEach(() => localStorage.clear())

test('reads what was kept for the same environment, and nothing of another', () => {
  createTokenCache('preview').set('key', { a: 1 })
  expect(createTokenCache('preview').get('key')).toEqual({ a: 1 })
  expect(createTokenCache('production').get('key')).toBeUndefined()
  expect(createTokenCache('preview').allKeys()).toEqual(['key'])
  expect(createTokenCache('production').allKeys()).toEqual([])
})

test('a slow tab does not put back a refresh token that another tab has used', () => {
  const cache = createTokenCache('preview')
  const renewed = { body: { access_token: 'new', refresh_token: 'second' }, expiresAt: 2 }
  cache.set('key', renewed)
  cache.set('key', { body: { refresh_token: 'first' }, expiresAt: 1 })
  expect(cache.get('key')).toEqual(renewed)
})

test('a token that is bound to a key of this browser is of no use without DPoP', () => {
  const entry = {
    body: { access_token: 'bound', refresh_token: 'bound', token_type: 'DPoP' },
    expiresAt: 9e9,
  }
  createTokenCache('preview', '', true).set('key', entry)
  expect(createTokenCache('preview', '', true).get('key')).toEqual(entry)
  expect(createTokenCache('preview').get('key')).toBeUndefined()
})

test('what was kept for one organization goes when the visitor logs in to another', () => {
  const cache = createTokenCache('preview')
  const userOf = (org_id: string) => ({ decodedToken: { user: { sub: '1', org_id } } })
  const [user, token, others] = ['a::@@user@@', 'a::default::openid', 'b::default::openid'].map(
    (key) => `@@auth0spajs@@::${key}`,
  ) as [string, string, string]
  cache.set(user, userOf('org_1'))
  for (const key of [token, others]) cache.set(key, { body: { access_token: 'x' }, expiresAt: 9e9 })
  cache.set(user, userOf('org_1'))
  expect(cache.get(token)).toBeDefined()
  cache.set(user, userOf('org_2'))
  expect(cache.get(token)).toBeUndefined()
  expect(cache.get(others)).toBeDefined()
})

test('of several tokens for one API, recalls the latest: it knows a changed role', () => {
  const cache = createTokenCache('preview')
  const key = (scope: string) => `@@auth0spajs@@::client::default::${scope}`
  const token = (name: string, expiresAt: number) => ({ body: { access_token: name }, expiresAt })
  cache.set('@@auth0spajs@@::client::@@user@@', { decodedToken: { user: { sub: '1' } } })
  cache.set(key('openid read:orders'), token('first', 9e9))
  cache.set(key('openid'), token('latest', 9e9 + 60))
  cache.set(key('openid write:orders'), token('second', 9e9 + 30))
  expect(recallSession(cache, { clientId: 'client' }).accessToken).toBe('latest')
})

describe('recalls', () => {
  const now = 1_000_000
  const remember = (claims: object, tokenEndsAt: number) => {
    const cache = createTokenCache('preview')
    cache.set('@@auth0spajs@@::client::@@user@@', { decodedToken: { user: { sub: '1' }, claims } })
    cache.set('@@auth0spajs@@::client::default::openid', {
      body: { access_token: 'token' },
      expiresAt: tokenEndsAt,
    })
    return recallSession(cache, { clientId: 'client' })
  }
  beforeEach(() => vi.useFakeTimers({ now: now * 1000 }))
  afterEach(() => vi.useRealTimers())

  test('nobody once the session has ended, or is about to, at the time that the tenant set', () => {
    const day = now + 86_400
    expect(remember({ session_expiry: now - 1 }, day)).toEqual({})
    expect(remember({ session_expiry: now + 59 }, day)).toEqual({})
    expect(remember({ session_expiry: now + 61 }, day).accessToken).toBe('token')
    expect(remember({}, day)).toEqual({ user: { sub: '1' }, claims: {}, accessToken: 'token' })
  })

  test('the visitor without a token that has ended or is about to', () => {
    for (const endsAt of [now - 1, now + 59])
      expect(remember({}, endsAt)).toEqual({ user: { sub: '1' }, claims: {} })
    expect(remember({}, now + 61).accessToken).toBe('token')
  })
})

test('counts what cannot be read as absent', () => {
  localStorage.setItem('lowgate:preview:key', '{broken')
  expect(createTokenCache('preview').get('key')).toBeUndefined()
})

test('names a storage that refuses', () => {
  vi.stubGlobal('localStorage', {
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
  })
  try {
    expect(() => createTokenCache('preview').set('key', {})).toThrow(
      expect.objectContaining({ code: 'auth/storage-unavailable' }),
    )
  } finally {
    vi.unstubAllGlobals()
  }
})

const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`
const roles = 'https://acme.example/roles'

test('reads the claims of a token, in any script, and none of anything else', () => {
  expect(readClaims(token({ name: 'Zoë 🚪' }))).toEqual({ name: 'Zoë 🚪' })
  for (const opaque of [undefined, '', 'opaque', 'a.b.c']) expect(readClaims(opaque)).toEqual({})
})

describe('roles and permissions', () => {
  test('come from the claims that the settings name', () => {
    const user = { sub: '1', [roles]: ['editor'], scopes: ['read'] }
    const settings = { rolesClaim: roles, permissionsClaim: 'scopes' }
    expect(toState(settings, { user })).toMatchObject({ roles: ['editor'], permissions: ['read'] })
  })

  test('come from the access token where the ID token has none', () => {
    const access = token({ [roles]: ['editor'], permissions: ['read:orders'] })
    const state = toState({ rolesClaim: roles }, { user: { sub: '1' }, accessToken: access })
    expect(state).toMatchObject({ roles: ['editor'], permissions: ['read:orders'] })
  })

  test.each([undefined, null, 'editor', { editor: true }, 7])('are empty when the claim is %j', (claim) => {
    expect(toState({ rolesClaim: roles }, { user: { sub: '1', [roles]: claim } }).roles).toEqual([])
  })

  test('are empty without a claim in the settings, and for a visitor who is not logged in', () => {
    expect(toState({}, { user: { sub: '1', roles: ['editor'] } }).roles).toEqual([])
    expect(toState({}, { accessToken: token({ permissions: ['read'] }) })).toMatchObject({
      isAuthenticated: false,
      permissions: [],
    })
  })
})

test('the organization is what the visitor logged in to', () => {
  expect(toState({}, { user: { sub: '1', org_id: 'org_1', org_name: 'acme' } }).organization).toEqual({
    id: 'org_1',
    name: 'acme',
  })
  expect(toState({}, { user: { sub: '1' } }).organization).toBeUndefined()
})
