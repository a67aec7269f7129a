import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { tenantUrl } from 'lowgate/contract'
import { TokenError } from './errors.ts'

/** Fetches a tenant's keys; `fetch` itself, or one that watches where requests go. */
export type FetchKeys = (url: string, init: RequestInit) => Promise<Response>

/** Milliseconds between two requests of a tenant that failed to answer. */
const retryAfter = 5_000

/**
 * The signing keys of a tenant, kept for ten minutes. A key id that is not among them costs a look at the tenant, one in
 * 30 seconds at most, however many such tokens arrive.
 */
export function createKeys(domain: string, fetchKeys: FetchKeys): JWTVerifyGetKey {
  let failed: { error: unknown; until: number } | undefined
  const keys = createRemoteJWKSet(new URL(`${tenantUrl(domain)}/.well-known/jwks.json`), {
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
    timeoutDuration: 5_000,
    [customFetch]: async (url: string, init: RequestInit) => {
      if (failed && Date.now() < failed.until) throw failed.error
      try {
        const response = await fetchKeys(url, init)
        if (!response.ok) throw new Error(`The tenant answered ${String(response.status)}.`)
        return response
      } catch (error) {
        failed = { error, until: Date.now() + retryAfter }
        throw error
      }
    },
  })
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (cause) {
      const isUnknown =
        cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys
      throw new TokenError(isUnknown ? 'token/bad-signature' : 'token/no-keys', { cause })
    }
  }
}
