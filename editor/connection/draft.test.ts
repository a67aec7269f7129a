import { describe, expect, it } from 'vitest'
import type { ConnectionView } from 'lowgate/contract/proxy-api'
import { domainProblem } from './domain-problem.ts'
import { isChanged, toAccess, toDraft, toInput } from './draft.ts'

const saved: ConnectionView = {
  environment: 'preview',
  domain: 't.eu.auth0.com',
  m2mClientId: 'machine',
  hasSecret: true,
  clientId: 'spa',
  revision: 4,
  updatedAt: '2026-01-01T00:00:00.000Z',
}

describe('a draft', () => {
  it('starts as the saved connection, without a change', () => {
    expect(isChanged(toDraft(saved), saved)).toBe(false)
  })

  it('is changed by a typed secret', () => {
    expect(isChanged({ ...toDraft(saved), m2mClientSecret: 's' }, saved)).toBe(true)
  })

  it('uses the saved credentials while domain and client ID are the saved ones', () => {
    expect(toAccess({ ...toDraft(saved), domain: ' https://T.EU.auth0.com/ ' }, saved)).toEqual({
      kind: 'saved',
    })
  })

  it.each([{ domain: 'other.auth0.com' }, { m2mClientId: 'other' }])(
    'asks for the secret again when it would go elsewhere: %o',
    (change) => {
      expect(toAccess({ ...toDraft(saved), ...change }, saved).kind).toBe('incomplete')
    },
  )

  it('tries typed credentials once they could work', () => {
    const typed = { ...toDraft(undefined), domain: 'T.auth0.com', m2mClientId: 'id', m2mClientSecret: 's' }
    expect(toAccess(typed, undefined)).toEqual({
      kind: 'typed',
      credentials: { domain: 't.auth0.com', m2mClientId: 'id', m2mClientSecret: 's' },
    })
    expect(toAccess({ ...typed, domain: 't.auth0.com/login' }, undefined).kind).toBe('incomplete')
  })

  it('saves over the revision it started from', () => {
    expect(toInput(toDraft(saved), saved).revision).toBe(4)
    expect(toInput(toDraft(undefined), undefined).revision).toBe(0)
  })
})

describe('a typed domain', () => {
  it.each(['t.eu.auth0.com', ' https://T.EU.Auth0.com/ ', 'login.acme.example', 'localhost:4400'])(
    'may be tried: %s',
    (typed) => {
      expect(domainProblem(typed)).toBeUndefined()
    },
  )

  it.each([
    ['', 'Fill in'],
    ['http://t.auth0.com', 'leave out “http://”'],
    ['t.auth0.com/login', 'only “t.auth0.com”'],
    ['t.auth0.com:443', 'only “t.auth0.com”'],
    ['t.auth0.com?x=1', 'only “t.auth0.com”'],
    ['ada@t.auth0.com', '“@”'],
    ['10.0.0.1', 'address of a machine'],
    ['[::1]', 'address of a machine'],
    ['auth0', 'not a domain name'],
    ['t.аuth0.com', 'not a domain name'],
    ['t.auth0.com%00.evil.test', 'not a domain name'],
  ])('is refused with the way to fix it: %s', (typed, words) => {
    expect(domainProblem(typed)).toContain(words)
  })
})
