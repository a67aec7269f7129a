import { expect, expectTypeOf, test } from 'vitest'
import type { InputOf, PageReference } from '../contract/index.ts'
import { defineAction, type ResultOf } from './define-action.ts'
import type { loginWithRedirect } from './login-with-redirect/definition.ts'
import type { logout } from './logout/definition.ts'

const base = {
  code: 'test',
  name: 'Test',
  summary: 'Does nothing.',
  outcome: 'resolves',
  returns: 'nothing',
  fields: {},
} as const

test('infers the input of an action from its fields', () => {
  expectTypeOf<InputOf<typeof logout.fields>['mode']>().toEqualTypeOf<'redirect' | 'local'>()
  expectTypeOf<InputOf<typeof logout.fields>['postLogoutRedirect']>().toEqualTypeOf<
    PageReference | undefined
  >()
  expectTypeOf<InputOf<typeof loginWithRedirect.fields>['screen']>().toEqualTypeOf<'login' | 'signup'>()
  expectTypeOf<InputOf<typeof loginWithRedirect.fields>['maxAge']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<ResultOf<typeof logout>>().toBeVoid()
})

test('does not compile with a literal outside a choice', () => {
  // @ts-expect-error there is no such mode
  const input: InputOf<typeof logout.fields> = { mode: 'everywhere', federated: false }
  expect(input.mode).toBe('everywhere')
})

test('does not compile with an error code that the catalogue does not know', () => {
  // @ts-expect-error there is no such code
  const action = defineAction({ ...base, errors: ['auth/no-such-code'] })
  expect(action.errors).toHaveLength(1)
})
