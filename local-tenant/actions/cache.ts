import type { ActionCache } from '../tenant/seeds/actions.ts'

const MAXIMUM = { entries: 20, keyBytes: 64, valueBytes: 4_096, totalBytes: 8_192 }
const MINUTE = 60_000
const DEFAULT_LIFETIME = 15 * MINUTE
const MAXIMUM_LIFETIME = 24 * 60 * MINUTE

/**
 * `api.cache` of one trigger, with Auth0's limits. Times are milliseconds.
 *
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-api-object
 */
export function createActionCache(now: () => number): ActionCache {
  const entries = new Map<string, { value: string; expires_at: number }>()
  const refused = (code: string) => ({ type: 'error' as const, code })
  return {
    get(key) {
      const entry = entries.get(key)
      return entry && entry.expires_at > now() ? { ...entry } : undefined
    },
    set(key, value, { ttl = DEFAULT_LIFETIME, expires_at = now() + ttl } = {}) {
      for (const [name, entry] of entries) if (entry.expires_at <= now()) entries.delete(name)
      if (Buffer.byteLength(key) > MAXIMUM.keyBytes) return refused('CacheKeySizeLimitExceeded')
      if (Buffer.byteLength(value) > MAXIMUM.valueBytes) return refused('CacheValueSizeLimitExceeded')
      const others = [...entries].filter(([name]) => name !== key)
      if (others.length >= MAXIMUM.entries) return refused('CacheItemLimitExceeded')
      const total = others.reduce((sum, [name, entry]) => sum + Buffer.byteLength(name + entry.value), 0)
      if (total + Buffer.byteLength(key + value) > MAXIMUM.totalBytes)
        return refused('CacheSizeLimitExceeded')
      entries.set(key, { value, expires_at: Math.min(expires_at, now() + MAXIMUM_LIFETIME) })
      return { type: 'success' }
    },
    delete(key) {
      entries.delete(key)
      return { type: 'success' }
    },
  }
}
