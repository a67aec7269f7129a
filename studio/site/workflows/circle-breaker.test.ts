import { expect, it } from 'vitest'
import { createCircleBreaker } from './circle-breaker.ts'

/** What outlives a page load. */
function createStorage() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

const startsOf = (workflow: string, times: number, storage = createStorage()) =>
  Array.from({ length: times }, () => createCircleBreaker(() => storage).mayStart(workflow))

it('stops a workflow that starts over and over by itself, over page loads too', () => {
  expect(startsOf('home-load', 6)).toEqual([true, true, true, true, true, false])
})

it('lets several workflows start, and one that the visitor starts again and again', () => {
  const storage = createStorage()
  const breaker = createCircleBreaker(() => storage)
  expect([...startsOf('home-load', 5, storage), ...startsOf('on-login', 5, storage)]).not.toContain(false)
  breaker.reset()
  expect(breaker.mayStart('home-load')).toBe(true)
})

it('lets workflows start where nothing can be stored', () => {
  const refuse = (): Storage => {
    throw new Error('no storage')
  }
  expect(createCircleBreaker(refuse).mayStart('home-load')).toBe(true)
})
