import { describe, expect, test } from 'vitest'
import { readClaims, toState } from './claims.ts'

const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`
const roles = 'https://acme.example/roles'

test('reads the claims of a token, in any script, and none of what is no token', () => {
  expect(readClaims(token({ name: 'Zoë 🚪' }))).toEqual({ name: 'Zoë 🚪' })
  for (const opaque of [undefined, '', 'opaque', 'a.b.c']) expect(readClaims(opaque)).toEqual({})
})

describe('roles and permissions', () => {
  test('come from the claims that the settings name', () => {
    const user = { sub: '1', [roles]: ['editor'], scopes: ['read'] }
    const settings = { rolesClaim: roles, permissionsClaim: 'scopes' }
    expect(toState(settings, user, undefined)).toMatchObject({ roles: ['editor'], permissions: ['read'] })
  })

  test('come from the access token where the ID token has none', () => {
    const access = token({ [roles]: ['editor'], permissions: ['read:orders'] })
    const state = toState({ rolesClaim: roles }, { sub: '1' }, access)
    expect(state).toMatchObject({ roles: ['editor'], permissions: ['read:orders'] })
  })

  test.each([undefined, null, 'editor', { editor: true }, 7])('are empty when the claim is %j', (claim) => {
    expect(toState({ rolesClaim: roles }, { sub: '1', [roles]: claim }, undefined).roles).toEqual([])
  })

  test('are empty without a claim in the settings, and for a visitor who is not logged in', () => {
    expect(toState({}, { sub: '1', roles: ['editor'] }, undefined).roles).toEqual([])
    expect(toState({}, undefined, token({ permissions: ['read'] }))).toMatchObject({
      isAuthenticated: false,
      permissions: [],
    })
  })
})

test('the organization is the one that the visitor logged in to', () => {
  expect(toState({}, { sub: '1', org_id: 'org_1', org_name: 'acme' }, undefined).organization).toEqual({
    id: 'org_1',
    name: 'acme',
  })
  expect(toState({}, { sub: '1' }, undefined).organization).toBeUndefined()
})
