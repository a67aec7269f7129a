import { setTimeout as sleep } from 'node:timers/promises'
import { proxyError } from '../errors.ts'
import type { UpstreamReply } from './guarded-fetch.ts'
import { patience, rateLimited, waitAfter } from './upstream-errors.ts'

/**
 * Keeps the requests to one tenant within the limits that its answers tell: a request that would be refused waits
 * for the next window, or is not sent at all when that is far away. Nobody waits for more than `longestWait`
 * milliseconds: by then the caller has had an answer.
 */
export function createRateGate(longestWait: number, now: () => number = Date.now) {
  /** Requests a window. Until the first answer tells, one goes ahead and the others wait for what it brings. */
  let limit: number | undefined
  let scout: Promise<unknown> | undefined
  let remaining = 0
  let resetAt = 0
  let inFlight = 0

  async function pass(perWindow: number, until: number) {
    while (remaining <= 0 && resetAt > now()) {
      const pause = resetAt - now()
      if (pause > patience || resetAt > until) throw rateLimited(pause)
      await sleep(pause)
    }
    if (resetAt <= now()) {
      remaining = perWindow
      // Until an answer tells more exactly: Auth0 counts by the second.
      resetAt = now() + 1_000
    }
    remaining -= 1
  }

  function learn({ status, headers }: UpstreamReply) {
    const left = headers.get('x-ratelimit-remaining')
    const isRefused = status === 429
    limit =
      left === null && !isRefused ? Number.POSITIVE_INFINITY : Number(headers.get('x-ratelimit-limit')) || 1
    if (limit === Number.POSITIVE_INFINITY) remaining = limit
    else {
      remaining = isRefused ? 0 : Number(left) - inFlight
      resetAt = now() + waitAfter(headers, now())
    }
  }

  async function count(send: () => Promise<UpstreamReply>): Promise<UpstreamReply> {
    inFlight += 1
    const reply = await send().finally(() => (inFlight -= 1))
    learn(reply)
    return reply
  }

  /** Sends when the tenant takes it. @throws `proxy/rate-limited` when that is too long to wait. */
  return async (send: () => Promise<UpstreamReply>): Promise<UpstreamReply> => {
    const until = now() + longestWait
    while (limit === undefined && scout) {
      await scout.catch(() => undefined)
      if (now() >= until) throw proxyError('proxy/timeout')
    }
    if (limit === undefined) {
      const first = count(send).finally(() => (scout = undefined))
      scout = first
      return first
    }
    await pass(limit, until)
    return count(send)
  }
}
