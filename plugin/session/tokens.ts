import type { GetTokenSilentlyOptions } from '@auth0/auth0-spa-js'
import {
  isLowgateError,
  tenantUrl,
  type TokenRequest,
  type TokenResponse,
  type User,
} from '../../contract/index.ts'
import { organizationHint } from '../browser/organization-hint.ts'
import { toKeyPrefix, toName } from '../browser/probe.ts'
import { takeEarlyLogin, type EarlySession } from '../head/early-login.ts'
import { toLowgateError } from './errors.ts'
import { carryLogin, withLogin, type LoginClaims } from '../browser/login-claims.ts'
import { createTokenCache, listRefreshTokens, recallSession, type KeptSession } from './token-cache.ts'
import type { ConnectedContext, Sdk } from './types.ts'

/** The tokens of this browser, wherever the settings keep them: in localStorage or in the memory of this page. */
export interface Tokens {
  /** What is known of the session here and now, without a request. In localStorage the SDK is not needed to read it. */
  read(): Promise<KeptSession>
  /** Takes what the page's head was answered, if it asked. */
  takeEarly(): Promise<void>
  /** Notes that a login brought tokens, for the API if it named one. */
  completeLogin(audience?: string): void
  /** Lets what the SDK holds win over what the page's head was answered, where it holds the like. */
  preferSdk(): Promise<void>
  /** Whether a request reaches beyond what the session's own refresh token is for. */
  isWider(request: TokenRequest): boolean
  /** An access token with what the tenant said of it, kept or renewed; `undefined` when a logout came first. */
  obtain(request: TokenRequest): Promise<TokenResponse | undefined>
  /** Forgets the tokens of this browser; the tenant's session stays. */
  forget(): Promise<void>
  /** The same, and lets the tenant forget the refresh tokens too, unless the settings keep them. */
  revoke(): Promise<void>
  /** The same as another tab has done. */
  followEnd(event: 'logout' | 'session-expired'): Promise<void>
}

export function createTokens(
  { settings, connection, environment, host, sdkOptions }: ConnectedContext,
  sdk: Sdk,
): Tokens {
  const { domain, clientId, audience: ownAudience = 'default' } = connection
  const isInMemory = settings.storage === 'memory'
  /** The session goes on in the organization that it is in, whatever the connection says. */
  const findOrganization = () => organizationHint(clientId, host.site) ?? connection.organization
  const cache = createTokenCache(environment, host.site, settings.dpop)
  /** What the page's head was answered, as long as the SDK holds nothing newer. */
  let early: EarlySession | undefined
  /** What was said of the login in memory. */
  let login: LoginClaims | undefined
  /** Whether this page has had a token for the site's own API; in localStorage the cache knows. */
  let hadOwn = false
  /** Counts logouts, so that a refresh under way cannot bring a session back. */
  let logouts = 0
  /** The APIs that tokens were asked for: in memory, the SDK keeps a refresh token for each. */
  const audiences = new Set([ownAudience])

  async function read(): Promise<KeptSession> {
    if (!isInMemory) return recallSession(cache, connection)
    if (early) return { ...early.session, accessToken: early.tokens.access_token }
    if (!sdk.isInUse) return {}
    const client = await sdk.load()
    const user = await client.getUser<User>()
    const claims = await client.getIdTokenClaims()
    login = claims && carryLogin<LoginClaims>(claims, login)
    const accessToken = await client.getTokenSilently({ cacheMode: 'cache-only' })
    return {
      ...(user && { user: withLogin(user, login) }),
      ...(claims && { claims }),
      ...(accessToken && { accessToken }),
    }
  }

  function toQuestion({ audience, scope, ignoreCache }: TokenRequest) {
    const organization = findOrganization()
    return {
      cacheMode: ignoreCache ? 'off' : 'on',
      authorizationParams: {
        ...(audience && { audience }),
        ...(scope && { scope }),
        ...(organization && { organization }),
      },
      detailedResponse: true,
    } satisfies GetTokenSilentlyOptions
  }

  const isOwn = ({ audience, scope }: TokenRequest) => !scope && (audience ?? ownAudience) === ownAudience

  const hasOwn = () =>
    isInMemory
      ? hadOwn
      : cache.allKeys().some((key) => key.startsWith(`${toKeyPrefix(clientId)}${ownAudience}::`))

  async function renew(request: TokenRequest): Promise<TokenResponse | undefined> {
    if (isOwn(request) && !request.ignoreCache && early && early.endsAt > Date.now() / 1000)
      return early.tokens
    const client = await sdk.load()
    const get = () => client.getTokenSilently(toQuestion(request))
    if (isInMemory) {
      const token = await get()
      // A token for another API says nothing of the one at hand.
      if (isOwn(request)) early = undefined
      return token
    }
    const readAll = () =>
      cache
        .allKeys()
        .map((key) => JSON.stringify(cache.get(key)))
        .join()
    const before = readAll()
    return withLock(toName(host.site, `renewal:${clientId}`), get, () => readAll() !== before)
  }

  /**
   * Asks the tenant in a hidden frame for what the session's refresh tokens did not bring.
   *
   * @throws `refusal` when the tenant gives nothing there either
   */
  async function askInFrame(request: TokenRequest, refusal: unknown): Promise<TokenResponse> {
    const refused = toLowgateError(refusal, 'refresh')
    if (!isLowgateError(refused, 'auth/more-access-required', 'auth/session-expired')) throw refusal
    const { user } = await read()
    if (!user) throw refusal
    const client = await sdk.loadFramed()
    const token = await client.getTokenSilently(toQuestion(request)).catch((error: unknown) => {
      const isTrouble = isLowgateError(
        toLowgateError(error, 'refresh'),
        'auth/tenant-unreachable',
        'auth/tenant-failed',
        'auth/rate-limited',
        'auth/timeout',
      )
      throw isTrouble ? error : refusal
    })
    // The tenant may know somebody else by now.
    if (token && (await client.getUser())?.sub === user.sub) return token
    sdk.forgetFramed()
    throw refusal
  }

  /**
   * Settles once the requests are on their way; what they are answered changes nothing here.
   *
   * @see https://www.rfc-editor.org/rfc/rfc7009
   */
  async function sendRevocations() {
    if (settings.revokeOnLogout === false) return
    if (isInMemory) return askWorkerToRevoke()
    for (const token of listRefreshTokens(cache, clientId)) {
      const body = new URLSearchParams({ client_id: clientId, token, token_type_hint: 'refresh_token' })
      // A form needs no preflight, which would be cut off when the page is left.
      fetch(`${tenantUrl(domain)}/oauth/revoke`, { method: 'POST', body, keepalive: true }).catch(
        () => undefined,
      )
    }
  }

  /** The tokens are the SDK's worker's own secret, so it revokes them itself. */
  async function askWorkerToRevoke() {
    if (!sdk.isInUse) return
    const client = await sdk.load()
    for (const audience of audiences) client.revokeRefreshToken({ audience }).catch(() => undefined)
    // The worker has heard of it only then, and a logout makes it forget them.
    await new Promise((done) => setTimeout(done))
  }

  async function forget() {
    logouts++
    early = undefined
    hadOwn = false
    sdk.forgetFramed()
    const client = await sdk.load()
    await client.forget()
  }

  async function revoke() {
    await sendRevocations()
    await forget()
  }

  return {
    read,
    async takeEarly() {
      // A key of this browser is nothing that the head has.
      if (!isInMemory || settings.dpop) return
      const organization = findOrganization()
      early = await takeEarlyLogin(
        { ...connection, ...(organization && { organization }) },
        sdkOptions?.leeway,
      )
      if (early) hadOwn = true
    },
    completeLogin(audience) {
      if (audience) audiences.add(audience)
      if (isOwn({ ...(audience && { audience }) })) hadOwn = true
      early = undefined
    },
    async preferSdk() {
      const client = await sdk.load()
      if (await client.getTokenSilently({ cacheMode: 'cache-only' })) early = undefined
    },
    isWider: (request) => !isOwn(request) || !hasOwn(),
    async obtain(request) {
      if (request.audience) audiences.add(request.audience)
      const before = logouts
      const token = await renew(request).catch((refusal: unknown) => {
        if (isOwn(request)) throw refusal
        return askInFrame(request, refusal)
      })
      if (isOwn(request)) hadOwn = true
      if (logouts === before && token) return token
      await revoke()
      return undefined
    },
    forget,
    revoke,
    async followEnd(event) {
      logouts++
      early = undefined
      sdk.forgetFramed()
      // In memory each tab has refresh tokens of its own.
      if (sdk.isInUse) await (isInMemory && event === 'logout' ? revoke() : forget())
      // Storage reaches this tab a little later than the message.
      for (const key of cache.allKeys()) if (key.includes(clientId)) cache.remove(key)
    },
  }
}

/** Milliseconds after which another tab surely sees what this one wrote to localStorage. */
const settling = 150

/**
 * Lets one tab at a time renew its tokens. The others stay out until they can see the outcome: browsers hand
 * localStorage on between tabs with a delay, and a tab that missed it would use the refresh token a second time,
 * which ends the session everywhere.
 *
 * @param isRenewed Whether `renew` changed anything that others must see.
 * @see https://auth0.com/docs/secure/tokens/refresh-tokens/refresh-token-rotation#automatic-reuse-detection
 */
function withLock<T>(name: string, renew: () => Promise<T>, isRenewed: () => boolean): Promise<T> {
  if (!('locks' in navigator)) return renew()
  return new Promise((resolve, reject) => {
    void navigator.locks.request(name, async () => {
      await renew().then(resolve, reject)
      if (isRenewed()) await new Promise((done) => setTimeout(done, settling))
    })
  })
}
