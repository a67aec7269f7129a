import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { guardMutants } from './guard-mutants.ts'
import { sessionMutants } from './session-mutants.ts'

const aimedMutants = [...guardMutants, ...sessionMutants]

// Whether each is caught takes an hour: `npm run mutation:aimed`. That each can still be made is asked on every run.
describe.each(aimedMutants)('$fault', ({ file, from, to, tests }) => {
  test('can be put into the sources', () => {
    expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2)
    expect(to).not.toBe(from)
  })

  test('names tests that exist', () => {
    expect(tests.filter((path) => !existsSync(path))).toEqual([])
    expect(tests).not.toHaveLength(0)
  })
})

test('there are at least forty, each said once', () => {
  expect(aimedMutants.length).toBeGreaterThanOrEqual(40)
  expect(new Set(aimedMutants.map(({ fault }) => fault)).size).toBe(aimedMutants.length)
})
