import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { proxyError } from '../errors.ts'

/** Counts requests for each `key` on its own: one that floods is refused, the others notice nothing. */
export function createRateLimit(perMinute: number): (key: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return async (key) => {
    try {
      await limiter.consume(key)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      throw proxyError('proxy/rate-limited', {
        retryAfter: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
      })
    }
  }
}
