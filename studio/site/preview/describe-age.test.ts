import { expect, it } from 'vitest'
import { describeAge } from './describe-age.ts'

it('says how old a token is and how long it lasts', () => {
  expect(describeAge(1000, 4600, 1060)).toBe('issued 60 s ago, ends in 59 min')
  expect(describeAge(1000, 4600, 9000)).toBe('issued 2 h ago, has ended')
  expect(describeAge(undefined, undefined)).toContain('Opaque')
})
