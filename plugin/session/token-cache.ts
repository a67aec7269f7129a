import type { ICache } from '@auth0/auth0-spa-js'
import { LowgateError, type PublicConnection, type User } from '../../contract/index.ts'
import { nameFor } from './names.ts'

/** The SDK's cache, read at once. */
export interface TokenCache extends ICache {
  get<T>(key: string): T | undefined
  allKeys(): string[]
}

const isStale = (entry: unknown) =>
  typeof entry === 'object' &&
  !!entry &&
  'body' in entry &&
  !(entry.body as { access_token?: string }).access_token

/** Ends the key of the entry that holds the ID token; the SDK writes it before the tokens that came with it. */
const userSuffix = '@@user@@'

const organizationOf = (entry: unknown) => (entry as KeptUser | undefined)?.decodedToken?.user?.org_id

/**
 * Tokens in localStorage, under names that hold site, environment and client: what was kept for one is never read
 * for another on the same origin.
 */
export function createTokenCache(environment: string, site?: string): TokenCache {
  const prefix = nameFor(site, `${environment}:`)
  /** The SDK clears what another user left, but not what the same one did in another organization. */
  const dropTokens = (userKey: string) => {
    const client = userKey.slice(0, -userSuffix.length)
    for (const key of cache.allKeys()) if (key !== userKey && key.startsWith(client)) cache.remove(key)
  }
  const cache: TokenCache = {
    get<T>(key: string): T | undefined {
      try {
        return (JSON.parse(localStorage.getItem(prefix + key) ?? 'null') as T | null) ?? undefined
      } catch {
        return undefined
      }
    },
    set(key, entry) {
      // The SDK takes the access token out of a stale entry by writing it back, at any time. Another tab may have
      // renewed the entry meanwhile, and its fresh refresh token would give way to the used one.
      if (isStale(entry)) return
      if (organizationOf(entry) !== organizationOf(cache.get(key))) dropTokens(key)
      try {
        localStorage.setItem(prefix + key, JSON.stringify(entry))
      } catch (cause) {
        throw new LowgateError('auth/storage-unavailable', { cause })
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(prefix + key)
      } catch {
        // What cannot be reached cannot be kept either.
      }
    },
    allKeys() {
      try {
        return Object.keys(localStorage)
          .filter((key) => key.startsWith(prefix))
          .map((key) => key.slice(prefix.length))
      } catch {
        return []
      }
    },
  }
  return cache
}

interface KeptUser {
  decodedToken?: { user?: User; claims?: { session_expiry?: number } }
}

interface KeptToken {
  body?: { access_token?: string; refresh_token?: string }
  expiresAt: number
}

export interface KeptSession {
  user?: User
  /** Absent when it has ended or is about to. */
  accessToken?: string
}

/** Seconds before its end at which the SDK renews a token. */
const renewal = 60

/** What the SDK's names begin with, for an application. */
const prefixOf = (clientId: string) => `@@auth0spajs@@::${clientId}::`

/** The refresh tokens of an application, one for each set of APIs and scopes that was asked for. */
export function refreshTokens(cache: TokenCache, clientId: string): Set<string> {
  const keys = cache.allKeys().filter((key) => key.startsWith(prefixOf(clientId)))
  return new Set(keys.flatMap((key) => cache.get<KeptToken>(key)?.body?.refresh_token ?? []))
}

/** What the cache knows of a session, read without the SDK that wrote it. */
export function recall(
  cache: TokenCache,
  { clientId, audience = 'default' }: Pick<PublicConnection, 'clientId' | 'audience'>,
): KeptSession {
  const prefix = prefixOf(clientId)
  const now = Date.now() / 1000
  const { user, claims } = cache.get<KeptUser>(prefix + userSuffix)?.decodedToken ?? {}
  if (!user || (claims?.session_expiry ?? Infinity) - renewal < now) return {}
  const tokens = cache.allKeys().filter((key) => key.startsWith(`${prefix}${audience}::`))
  // There may be one for each set of scopes: the latest knows the visitor's permissions best.
  const fresh = tokens
    .flatMap((key) => cache.get<KeptToken>(key) ?? [])
    .filter(({ expiresAt }) => expiresAt - renewal > now)
    .sort((one, other) => other.expiresAt - one.expiresAt)[0]
  return { user, ...(fresh?.body?.access_token && { accessToken: fresh.body.access_token }) }
}
