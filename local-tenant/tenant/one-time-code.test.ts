import { expect, test } from 'vitest'
import { isOneTimeCode, newOneTimeSecret, oneTimeCode } from './one-time-code.ts'

// RFC 6238, appendix B: the ASCII secret 12345678901234567890 in Base32, and the last six digits of each code.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [2_000_000_000, '279037'],
])('shows at second %i the code of the RFC', (now, code) => {
  expect(oneTimeCode(secret, now)).toBe(code)
})

test('takes the code of the half minute before and after, and no other', () => {
  const code = oneTimeCode(secret, 1_000_000)
  expect([-60, -30, 0, 30, 60].map((shift) => isOneTimeCode(secret, code, 1_000_000 + shift))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
})

test('makes secrets an authenticator can take', () => {
  expect(newOneTimeSecret()).toMatch(/^[A-Z2-7]{32}$/)
})
