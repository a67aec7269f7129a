import type { ProxyError } from 'lowgate/contract/proxy-api'
import { proxyError } from '../errors.ts'
import type { UpstreamReply } from './guarded-fetch.ts'

/** The longest wait, in milliseconds, that a request may spend on a tenant's rate limit. */
export const patience = 2_500

/** Milliseconds until the tenant takes requests again, as a 429 tells it. */
export function waitAfter(headers: Headers, now: number): number {
  const reset = Number(headers.get('x-ratelimit-reset')) * 1000 - now
  const retryAfter = Number(headers.get('retry-after')) * 1000
  const wait = reset > 0 ? reset : retryAfter > 0 ? retryAfter : 1_000
  return Math.min(wait, 3_600_000)
}

export const rateLimited = (wait: number) =>
  proxyError('proxy/rate-limited', {
    title: 'Your Auth0 tenant takes no more requests at the moment.',
    retryAfter: Math.max(1, Math.ceil(wait / 1000)),
  })

/** Auth0's answer where a plan does not include what was asked for; no scope changes that. */
const notInPlan = /not allowed to perform this operation/i

/** What a refusal of the Management API means; `undefined` for the statuses that a caller decides on (400, 404, 409). */
export function toManagementError({ status, headers, text }: UpstreamReply): ProxyError | undefined {
  if (status === 401) return proxyError('proxy/invalid-credentials')
  if (status === 403) return notInPlan.test(text) ? proxyError('proxy/not-in-plan') : insufficientScope(text)
  if (status === 429) return rateLimited(waitAfter(headers, Date.now()))
  if (status >= 500) return upstreamFault(status)
  return undefined
}

/** What Auth0's SDK threw for a status that no caller decided on; `undefined` for any other error. */
export function toRefusedRequest(cause: unknown): ProxyError | undefined {
  if (!(cause instanceof Error && 'statusCode' in cause && typeof cause.statusCode === 'number'))
    return undefined
  return proxyError('proxy/bad-upstream', {
    title: `Your Auth0 tenant refused a request (${String(cause.statusCode)}).`,
    cause,
  })
}

export const upstreamFault = (status: number) =>
  proxyError('proxy/bad-upstream', {
    title: `Your Auth0 tenant reports a fault of its own (${String(status)}).`,
    cure: 'Try again in a moment; status.auth0.com shows known outages.',
  })

/**
 * Only what looks like a scope is taken from the tenant's text: the rest of it is not ours to repeat. Of several that
 * would do, Auth0 names the plain one first; the others also open keys and secrets.
 */
function insufficientScope(text: string): ProxyError {
  const scope = /\b(?:read|create|update|delete):[a-z_]{2,40}\b/.exec(text)?.[0]
  if (!scope) return proxyError('proxy/insufficient-scope')
  return proxyError('proxy/insufficient-scope', {
    title: `The M2M application lacks the permission ${scope}.`,
    cure: `In Auth0 › Applications › APIs › Auth0 Management API › Machine to Machine, tick ${scope} for the application.`,
  })
}
