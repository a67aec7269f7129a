import { expect, it } from 'vitest'
import { formatAge } from './format-age.ts'

const now = Date.parse('2026-03-02T12:00:00Z')

it.each([
  ['2026-03-02T11:59:30Z', 'just now'],
  ['2026-03-02T12:00:20Z', 'just now'],
  ['2026-03-02T11:58:01Z', '1 minute ago'],
  ['2026-03-02T09:30:00Z', '2 hours ago'],
  ['2026-02-27T12:00:00Z', '3 days ago'],
])('says of %s that it was %s', (moment, words) => {
  expect(formatAge(moment, now)).toBe(words)
})
