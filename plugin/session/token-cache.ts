import type { ICache, IdToken } from '@auth0/auth0-spa-js'
import { LowgateError, type PublicConnection, type PublicSettings, type User } from '../../contract/index.ts'
import { toKeyPrefix, toName, userSuffix } from '../browser/probe.ts'
import { readJson, sharedStore } from '../browser/storage.ts'
import { carryLogin, withLogin } from '../browser/login-claims.ts'
import type { SessionState } from './types.ts'

/** The SDK's cache, read at once. */
export interface TokenCache extends ICache {
  get<T>(key: string): T | undefined
  allKeys(): string[]
}

interface KeptUser {
  decodedToken?: { user?: User; claims?: IdToken }
}

interface KeptToken {
  body?: { access_token?: string; refresh_token?: string; token_type?: string }
  expiresAt: number
}

const isStale = (entry: unknown) =>
  typeof entry === 'object' && !!entry && 'body' in entry && !(entry as KeptToken).body?.access_token

/** An ID token's entry with what the one before it said of the same login. */
function carryEntry(entry: unknown, before: KeptUser | undefined): unknown {
  const { decodedToken, ...rest } = entry as KeptUser
  if (!decodedToken?.claims) return entry
  const claims = carryLogin(decodedToken.claims, before?.decodedToken?.claims)
  return { ...rest, decodedToken: { ...decodedToken, claims } }
}

const isBound = (entry: unknown) => (entry as KeptToken | undefined)?.body?.token_type === 'DPoP'

const organizationOf = (entry: unknown) => (entry as KeptUser | undefined)?.decodedToken?.user?.org_id

/**
 * Tokens in localStorage, under names that hold site, environment and client: what was kept for one is never read
 * for another on the same origin.
 *
 * @param dpop Whether tokens may be bound to a key of this browser. Without it those that are cannot be used.
 */
export function createTokenCache(environment: string, site?: string, dpop?: boolean): TokenCache {
  const prefix = toName(site, `${environment}:`)
  /** The SDK clears what another user left, but not what the same one did in another organization. */
  const dropTokens = (userKey: string) => {
    const client = userKey.slice(0, -userSuffix.length)
    for (const key of cache.allKeys()) if (key !== userKey && key.startsWith(client)) cache.remove(key)
  }
  const cache: TokenCache = {
    get<T>(key: string) {
      const entry = readJson<T>(sharedStore, prefix + key)
      return !dpop && isBound(entry) ? undefined : entry
    },
    set(key, entry) {
      // The SDK takes the access token out of a stale entry by writing it back, at any time. Another tab may have
      // renewed the entry meanwhile, and its fresh refresh token would give way to the used one.
      if (isStale(entry)) return
      if (organizationOf(entry) !== organizationOf(cache.get(key))) dropTokens(key)
      const kept = carryEntry(entry, cache.get(key))
      const cause = sharedStore.set(prefix + key, JSON.stringify(kept))
      if (cause) throw new LowgateError('auth/storage-unavailable', { cause })
    },
    remove: (key) => sharedStore.remove(prefix + key),
    allKeys: () => sharedStore.list(prefix),
  }
  return cache
}

/** The refresh tokens of an application, one for each set of APIs and scopes that was asked for. */
export function listRefreshTokens(cache: TokenCache, clientId: string): Set<string> {
  const keys = cache.allKeys().filter((key) => key.startsWith(toKeyPrefix(clientId)))
  return new Set(keys.flatMap((key) => cache.get<KeptToken>(key)?.body?.refresh_token ?? []))
}

export interface KeptSession {
  user?: User
  claims?: IdToken
  /** Absent when it has ended or is about to. */
  accessToken?: string
}

/** Seconds before its end at which the SDK renews a token. */
const renewal = 60

/** What the cache knows of a session, read without the SDK that wrote it. */
export function recallSession(
  cache: TokenCache,
  { clientId, audience = 'default' }: Pick<PublicConnection, 'clientId' | 'audience'>,
): KeptSession {
  const prefix = toKeyPrefix(clientId)
  const now = Date.now() / 1000
  const { user, claims } = cache.get<KeptUser>(prefix + userSuffix)?.decodedToken ?? {}
  if (!user || (claims?.session_expiry ?? Infinity) - renewal < now) return {}
  const tokens = cache.allKeys().filter((key) => key.startsWith(`${prefix}${audience}::`))
  // There may be one for each set of scopes: the latest knows the visitor's permissions best.
  const fresh = tokens
    .flatMap((key) => cache.get<KeptToken>(key) ?? [])
    .filter(({ expiresAt }) => expiresAt - renewal > now)
    .sort((one, other) => other.expiresAt - one.expiresAt)[0]
  const known = withLogin(user, claims)
  return {
    user: known,
    ...(claims && { claims }),
    ...(fresh?.body?.access_token && { accessToken: fresh.body.access_token }),
  }
}

type Claims = Readonly<Record<string, unknown>>

/** The claims of a token, unverified; `{}` for an opaque one. They decide what is shown, never what is served. */
export function readClaims(token: string | undefined): Claims {
  try {
    const payload = token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims
  } catch {
    return {}
  }
}

/** What the tokens say of a visitor. The ID token's claims win; Auth0 puts `permissions` into access tokens. */
export function toState(
  { rolesClaim, permissionsClaim = 'permissions' }: Pick<PublicSettings, 'rolesClaim' | 'permissionsClaim'>,
  { user, claims, accessToken }: KeptSession,
): Omit<SessionState, 'isLoading' | 'error'> {
  const access = readClaims(accessToken)
  const list = (claim: string | undefined) => (user && claim ? toTexts(user[claim] ?? access[claim]) : [])
  return {
    user,
    idTokenClaims: claims,
    isAuthenticated: !!user,
    roles: list(rolesClaim),
    permissions: list(permissionsClaim),
    organization: user?.org_id
      ? { id: user.org_id, ...(user.org_name && { name: user.org_name }) }
      : undefined,
  }
}

const toTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
