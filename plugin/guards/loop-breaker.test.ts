// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LowgateError } from '../../contract/index.ts'
import { createLoopBreaker } from './loop-breaker.ts'

beforeEach(() => {
  sessionStorage.clear()
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => vi.useRealTimers())

/** Each page load makes a breaker of its own. */
const note = (what: string) => createLoopBreaker('client').note(what)

test('stops the fourth redirect within ten seconds, and tells what led there', () => {
  for (const step of ['one', 'two', 'three']) {
    note(step)
    vi.advanceTimersByTime(3000)
  }
  expect.assertions(2)
  try {
    note('four')
  } catch (error) {
    expect((error as LowgateError).code).toBe('auth/redirect-loop')
    expect((error as LowgateError).trace).toEqual(['0.0 s: one', '3.0 s: two', '6.0 s: three', '9.0 s: four'])
  }
})

test('lets a visitor go on who is redirected now and then', () => {
  for (let step = 0; step < 10; step++) {
    note('again')
    vi.advanceTimersByTime(4000)
  }
  expect(sessionStorage.length).toBe(1)
})

test('starts counting again once a page was reached, and after it stopped a loop', () => {
  for (const step of ['one', 'two', 'three']) note(step)
  createLoopBreaker('client').reset()
  for (const step of ['one', 'two', 'three']) note(step)
  expect(() => note('four')).toThrow()
  expect(() => note('one')).not.toThrow()
})
