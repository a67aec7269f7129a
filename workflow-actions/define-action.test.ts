import { describe, expect, expectTypeOf, test } from 'vitest'
import type { InputOf, PageReference } from '../contract/index.ts'
import { defineAction, outcomeOf } from './define-action.ts'
import type { loginWithRedirect } from './login-with-redirect.ts'
import { logout } from './logout.ts'

const base = {
  name: 'Test',
  summary: 'Does nothing.',
  outcome: 'resolves',
  returns: 'nothing',
  fields: {},
  errors: [],
} as const

test('infers the input of an action from its fields', () => {
  expectTypeOf<InputOf<typeof logout.fields>['mode']>().toEqualTypeOf<'redirect' | 'local'>()
  expectTypeOf<InputOf<typeof logout.fields>['target']>().toEqualTypeOf<PageReference | undefined>()
  expectTypeOf<InputOf<typeof loginWithRedirect.fields>['screenHint']>().toEqualTypeOf<'login' | 'signup'>()
  expectTypeOf<InputOf<typeof loginWithRedirect.fields>['maxAge']>().toEqualTypeOf<number | undefined>()
})

describe('does not compile', () => {
  test('with a literal outside a choice', () => {
    // @ts-expect-error there is no such mode
    const input: InputOf<typeof logout.fields> = { mode: 'everywhere', federated: false }
    expect(input.mode).toBe('everywhere')
  })

  const getUser = { ...base, code: 'getUser', returns: 'user' } as const

  test('with an error code that the catalogue does not know', () => {
    const unknown = { ...getUser, errors: ['auth/no-such-code'] } as const
    // @ts-expect-error there is no such code
    expect(defineAction(unknown)).toBe(unknown)
  })

  test('with a code that is not a method of the client', () => {
    const ping = { ...getUser, code: 'ping' } as const
    // @ts-expect-error the client has no such method
    expect(defineAction(ping)).toBe(ping)
  })

  test('with a field that the method does not take', () => {
    const fields = {
      everywhere: { type: 'switch', label: 'Everywhere', help: 'All of them.', default: false },
    } as const
    const misnamed = { ...base, code: 'refreshUser', returns: 'user', fields } as const
    // @ts-expect-error refreshUser takes no such field
    expect(defineAction(misnamed)).toBe(misnamed)
  })

  test('with another result than the method’s', () => {
    const wrong = { ...getUser, returns: 'text' } as const
    // @ts-expect-error getUser answers a user
    expect(defineAction(wrong)).toBe(wrong)
  })

  test('but with what the method takes and answers', () => {
    expect(defineAction(getUser)).toBe(getUser)
  })
})

describe('outcomeOf', () => {
  test('knows that Logout leaves the page by default, and stays with Local only', () => {
    expect(outcomeOf(logout, {})).toBe('leaves-page')
    expect(outcomeOf(logout, { mode: 'redirect' })).toBe('leaves-page')
    expect(outcomeOf(logout, { mode: 'local' })).toBe('resolves')
  })

  test('takes the page to be left where a binding decides', () => {
    expect(outcomeOf(logout, { mode: { bind: 'page.query.mode' } })).toBe('leaves-page')
  })
})
