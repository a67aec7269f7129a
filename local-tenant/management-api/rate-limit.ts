import type { MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { tooManyRequests } from '../control/faults.ts'
import type { Tenant } from '../tenant/tenant.ts'

/** Requests and the seconds they may come in. */
const plans = {
  free: { points: 2, duration: 1 },
  paid: { points: 5, duration: 1 },
}

/** The Management API's request rate for the tenant's plan, with Auth0's headers. `reset` is in epoch seconds. */
export function rateLimit(tenant: Tenant): MiddlewareHandler {
  const limiters = { free: new RateLimiterMemory(plans.free), paid: new RateLimiterMemory(plans.paid) }
  return async (c, next) => {
    const { plan = 'unlimited' } = tenant.directory.settings
    if (plan === 'unlimited') return next()
    const usage = await limiters[plan].consume(tenant.domain).catch((refusal: unknown) => refusal)
    if (!(usage instanceof RateLimiterRes)) throw usage
    const { consumedPoints, remainingPoints, msBeforeNext } = usage
    c.header('x-ratelimit-limit', String(plans[plan].points))
    c.header('x-ratelimit-remaining', String(remainingPoints))
    c.header('x-ratelimit-reset', String(Math.ceil((Date.now() + msBeforeNext) / 1000)))
    if (consumedPoints <= plans[plan].points) return next()
    c.header('retry-after', String(Math.ceil(msBeforeNext / 1000)))
    return c.json(tooManyRequests, 429)
  }
}
