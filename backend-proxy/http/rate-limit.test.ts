import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('lets each key have so many requests a minute, and tells the others how long to wait', async () => {
  const limit = createRateLimit(2)
  await limit('a')
  await limit('a')
  const refused: unknown = await limit('a').catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'proxy/rate-limited' })
  const { retryAfter } = refused as { retryAfter: number }
  expect(retryAfter).toBeGreaterThan(30)
  expect(retryAfter).toBeLessThanOrEqual(60)
  expect(Number.isInteger(retryAfter)).toBe(true)
  await limit('b')
})
