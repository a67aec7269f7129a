import { expect, test } from 'vitest'
import type { Guard } from '../../contract/index.ts'
import { judge } from './judge.ts'
import { stepUpFor } from './step-up.ts'

const now = Date.now() / 1000
const strong = { amr: ['mfa'], auth_time: now - 30 }

test.each<[string, Guard[], object | undefined, object | undefined]>([
  ['nothing for a page without such a wish', ['everyone', 'authenticated', {}], undefined, undefined],
  ['nothing of a login that has it all', [{ secondFactor: true, maxLoginAge: 60 }], strong, undefined],
  ['a second factor', [{ secondFactor: true }], { amr: ['pwd'] }, { stepUp: true }],
  ['a second factor where nothing is known', [{ secondFactor: true }], undefined, { stepUp: true }],
  ['a newer login', [{ maxLoginAge: 60 }], { auth_time: now - 61 }, { maxAge: 60 }],
  ['a newer login where its time is not known', [{ maxLoginAge: 60 }], { amr: ['mfa'] }, { maxAge: 60 }],
  [
    'the newest of several',
    [{ maxLoginAge: 600 }, { maxLoginAge: 60 }],
    { auth_time: now - 90 },
    { maxAge: 60 },
  ],
  ['both', [{ secondFactor: true }, { maxLoginAge: 60 }], {}, { stepUp: true, maxAge: 60 }],
])('asks for %s', (_, guards, login, expected) => {
  expect(stepUpFor(guards, login)).toEqual(expected)
})

test('nobody is asked for more who may not see the page anyway', () => {
  const guard: Guard = { permissions: ['read:orders'], secondFactor: true }
  const visitor = { isAuthenticated: true, roles: [], permissions: [], organization: undefined }
  expect(judge(guard, visitor)).toBe('deny')
  expect(judge(guard, { ...visitor, permissions: ['read:orders'] })).toBe('step-up')
  expect(judge(guard, { ...visitor, isAuthenticated: false })).toBe('login')
})
