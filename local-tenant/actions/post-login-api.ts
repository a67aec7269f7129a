import type { PostLoginApi, PostLoginEvent } from '../tenant/seeds/actions.ts'
import { isNamespaced, setClaim } from './claims.ts'
import type { ActionLibrary } from './library.ts'
import type { LifetimeChanges, PostLoginContext, PostLoginRun } from './post-login.ts'
import { decodeSessionToken, encodeSessionToken } from './session-token.ts'

const DEFAULT_TOKEN_LIFETIME = 900
const MAXIMUM_METADATA = { entries: 64, bytes: 16_384 }

type Factors = Parameters<PostLoginApi['authentication']['challengeWithAny']>[0]

/** The `api` object of one Auth0 Action; what it does is kept in the run. */
export function postLoginApi(
  run: PostLoginRun,
  event: PostLoginEvent,
  context: PostLoginContext,
  library: ActionLibrary,
): PostLoginApi {
  const { outcome } = run
  const deny = (error: string, description: string) => void (outcome.denied ??= { error, description })

  function ask(factors: Factors) {
    const known = factors.filter(({ type }) => context.factors.includes(type))
    if (known.length === 0) {
      const wanted = factors.map(({ type }) => type).join(', ')
      throw new Error(`No factor of ${wanted} can be used. This tenant knows: ${context.factors.join(', ')}.`)
    }
    if (!context.refreshing) run.paused = { secondFactor: true }
  }
  const askAny = (factors: Factors) => ask(factors)
  const askOne = (
    factor: Factors[number],
    { additionalFactors = [] }: { additionalFactors?: Factors } = {},
  ) => ask([factor, ...additionalFactors])

  return {
    access: { deny: (reason) => deny('access_denied', String(reason)) },
    validation: { error: (code, message) => deny(String(code), String(message)) },
    idToken: { setCustomClaim: (name, value) => setClaim(outcome.idTokenClaims, name, value) },
    accessToken: {
      setCustomClaim(name, value) {
        if (!context.ownApi || isNamespaced(name)) setClaim(outcome.accessTokenClaims, name, value)
      },
      addScope: (scope) => void outcome.addedScopes.push(scope),
      removeScope: (scope) => void outcome.removedScopes.push(scope),
    },
    user: {
      setAppMetadata: (key, value) => void (outcome.appMetadata[key] = value),
      setUserMetadata: (key, value) => void (outcome.userMetadata[key] = value),
    },
    authentication: {
      challengeWith: askOne,
      challengeWithAny: askAny,
      enrollWith: askOne,
      enrollWithAny: askAny,
      recordMethod: (url) =>
        void outcome.recordedMethods.push({
          name: url,
          url,
          timestamp: new Date(context.now() * 1000).toISOString(),
        }),
      setPrimaryUser(userId) {
        if (outcome.primaryUserId) throw new Error('The primary user was set already.')
        outcome.primaryUserId = userId
        outcome.userMetadata = {}
      },
    },
    multifactor: {
      enable(provider, options) {
        const remember =
          (options as { allowRememberBrowser?: boolean } | undefined)?.allowRememberBrowser ?? true
        outcome.multifactor = provider === 'none' ? undefined : remember ? 'once-a-session' : 'always'
      },
    },
    redirect: {
      canRedirect: () => context.canRedirect,
      sendUserTo(url, { query = {} } = {}) {
        if (!context.canRedirect)
          return deny('interaction_required', 'A redirect is not possible in this flow.')
        const target = new URL(url)
        for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
        run.paused = { redirectTo: target.href }
      },
      encodeToken({ secret, payload, expiresInSeconds = DEFAULT_TOKEN_LIFETIME }) {
        const iat = context.now()
        const { user, request } = event
        const claims = {
          iss: context.issuerHost,
          sub: user.user_id,
          ip: request.ip,
          iat,
          exp: iat + expiresInSeconds,
        }
        return encodeSessionToken({ ...payload, ...claims }, secret)
      },
      validateToken({ secret, tokenParameterName = 'session_token' }) {
        const { query, body } = event.request
        const token = query[tokenParameterName] ?? body[tokenParameterName]
        const payload = decodeSessionToken(token, secret, context.now())
        if (payload.state === context.state) return payload
        throw new Error('The session token is invalid: its "state" is not the one of this login')
      },
    },
    session: {
      ...lifetimes(outcome.session),
      revoke(reason, { preserveRefreshTokens = false } = {}) {
        Object.assign(outcome.session, { revoked: reason, preserveRefreshTokens })
        deny('access_denied', reason)
      },
      setCookieMode: (mode) => void (outcome.session.cookieMode = mode),
    },
    refreshToken: {
      ...lifetimes(outcome.refreshToken),
      revoke(reason) {
        if (!context.refreshing) return
        outcome.refreshToken.revoked = reason
        deny('invalid_grant', reason)
      },
    },
    transaction: { setMetadata: (key, value) => setTransactionMetadata(run.metadata, key, value) },
    cache: library.cacheOf('post-login'),
    rules: { wasExecuted: () => false },
    roles: { getUserEffectiveRoles: () => Promise.resolve(context.roles) },
    groups: absent('api.groups'),
    prompt: absent('api.prompt'),
    samlResponse: absent('api.samlResponse'),
  }
}

function lifetimes(changes: LifetimeChanges) {
  return {
    setExpiresAt: (milliseconds: number) => void (changes.expiresAt = milliseconds),
    setIdleExpiresAt: (milliseconds: number) => void (changes.idleExpiresAt = milliseconds),
    setMetadata: (key: string, value: string | null) => void (changes.metadata[key] = value),
    deleteMetadata: (key: string) => void (changes.metadata[key] = null),
    evictMetadata: () => void Object.assign(changes, { metadata: {}, evicted: true }),
  }
}

function setTransactionMetadata(
  metadata: PostLoginRun['metadata'],
  key: string,
  value: string | number | boolean | null,
): void {
  if (value === null) return void Reflect.deleteProperty(metadata, key)
  const next = { ...metadata, [key]: value }
  const fits = Buffer.byteLength(JSON.stringify(next)) <= MAXIMUM_METADATA.bytes
  if (!fits || Object.keys(next).length > MAXIMUM_METADATA.entries) {
    throw new Error('The transaction metadata is larger than 64 entries or 16 KB.')
  }
  metadata[key] = value
}

/** Says what is missing, so that no Auth0 Action takes silence for success. */
function absent(name: string): object {
  return new Proxy(
    {},
    {
      get: (_, property) => {
        throw new Error(`${name}.${String(property)} is not reproduced by the local tenant.`)
      },
    },
  )
}
