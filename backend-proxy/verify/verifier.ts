import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose'
import { LRUCache } from 'lru-cache'
import { isLoopback, isOrganization, tidyDomain, toDomain, toIssuer } from 'lowgate/contract'
import { TokenError } from './errors.ts'
import { sha256 } from './hash.ts'
import { createKeys, type FetchKeys } from './keys.ts'
import { createProofCheck } from './proof.ts'

/** Which tokens an API takes. */
export interface VerifierOptions {
  /**
   * The tenant's domain without a scheme, or its domains: a custom domain issues tokens in its own name. One of this
   * machine, such as `localhost:4400`, is a local tenant over plain http.
   */
  domain: string | readonly string[]
  /** The identifier of the API; tokens for others are refused. */
  audience: string
  /** The claim that carries a visitor's roles, such as `https://acme.example/roles`. Default: none, so nobody has a role. */
  rolesClaim?: string
  /** The claim that carries their permissions. Default: `permissions`, where Auth0 puts those of an API. */
  permissionsClaim?: string
  /**
   * The claim that carries how they logged in. Default: `amr`, which Auth0 writes into ID tokens only: let an Auth0
   * Action add a claim to access tokens, and name it here.
   */
  methodsClaim?: string
  /**
   * The origin that clients call, such as `https://api.acme.example`: proofs (DPoP) name it. Default: the request's own,
   * which is another one behind a balancer, and which the `Host` header decides.
   */
  origin?: string
  /** Fetches the tenant's keys. Default: the global `fetch`. */
  fetch?: FetchKeys
  /** How many verified tokens are remembered. Default: 10,000. */
  cacheSize?: number
}

/** What a request takes beyond a valid token: every part that is given. */
export interface Requirements {
  /** All of them are needed. */
  scopes?: readonly string[]
  /** All of them are needed. */
  roles?: readonly string[]
  /** All of them are needed. */
  permissions?: readonly string[]
  /** By id, or by name in any case. */
  organization?: string
  /** Whether the login must have shown a second factor (`mfa` among its methods). */
  secondFactor?: boolean
}

/** A verified access token. It is shared between requests, and frozen. */
export interface AccessToken {
  /** The visitor's id, or for a machine `<client id>@clients` (`sub`). */
  readonly userId: string
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  readonly permissions: readonly string[]
  /** The organization that they logged in to; the name is there where the tenant adds it to tokens. */
  readonly organization: { readonly id: string; readonly name?: string } | undefined
  /** All of its claims. */
  readonly claims: Readonly<JWTPayload>
}

/** What counts of a request, for servers that have no `Request`. */
export interface PresentedToken {
  /** The `Authorization` header. */
  authorization?: string | null | undefined
  /** The `DPoP` header. */
  dpop?: string | null | undefined
  method: string
  /** The whole address. */
  url: string
}

/** Verifies access tokens; make one for each API and keep it. */
export interface Verifier {
  /**
   * The access token of a request, or of a text that is one, if it is valid and satisfies the requirements. A token that
   * is bound to a key (DPoP) is taken of a request only, with its proof.
   *
   * @throws {TokenError} with the reason; {@link toAnswer} makes the answer of it.
   */
  verify(source: Request | PresentedToken | string, requirements?: Requirements): Promise<AccessToken>
}

/** No header of a server is longer. */
const longest = 16_384

/** Milliseconds that a token is taken without another look at its key: a withdrawn key is forgotten this late. */
const trusted = 600_000

/**
 * Verifies access tokens of a tenant, signed with RS256. The tenant is asked for its keys only, every ten minutes;
 * verified tokens are remembered until they expire, by their hash and at most ten minutes.
 *
 * @throws TypeError when `domain` is not one, or the audience is empty
 * @example
 * const verifier = createVerifier({ domain: 'acme.eu.auth0.com', audience: 'https://api.acme.example' })
 * const request = new Request('https://api.acme.example/orders', { headers: { authorization: 'Bearer …' } })
 * const { userId } = await verifier.verify(request, { permissions: ['read:orders'] })
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { audience, origin, fetch: fetchKeys = (url, init) => fetch(url, init), cacheSize = 10_000 } = options
  if (!audience) throw new TypeError('The audience is empty: name the API that tokens are for.')
  const issuers = new Map(
    [options.domain].flat().map((text) => {
      const domain = toTenant(text)
      return [toIssuer(domain), createKeys(domain, fetchKeys)]
    }),
  )
  if (!issuers.size) throw new TypeError('Name the domain of the tenant whose tokens are taken.')
  const verified = new LRUCache<string, { token: AccessToken; until: number }>({ max: cacheSize })
  const checkProof = createProofCheck(origin)

  async function read(text: string): Promise<AccessToken> {
    const hash = await sha256(text)
    const known = verified.get(hash)
    if (known && Date.now() < known.until) return known.token
    const claims = await readClaims(text, issuers, audience)
    const token = toAccessToken(claims, options)
    verified.set(hash, { token, until: Math.min(claims.exp * 1000, Date.now() + trusted) })
    return token
  }

  return {
    async verify(source, requirements) {
      const presented = typeof source === 'string' ? { authorization: `Bearer ${source}` } : source
      const { scheme, text } = readAuthorization(headerOf(presented, 'authorization'))
      const token = await read(text)
      const bond = token.claims.cnf as { jkt?: unknown } | undefined
      if (bond || scheme === 'dpop') {
        const proof = headerOf(presented, 'dpop')
        const boundTo = bond?.jkt
        if (scheme !== 'dpop' || typeof boundTo !== 'string' || !proof || !('url' in presented))
          throw new TokenError('token/no-proof')
        const { method, url } = presented
        await checkProof({ proof, method, url, token: text, boundTo })
      }
      if (requirements) assertSatisfied(token, requirements, options)
      return token
    },
  }
}

/** A domain, or one of this machine. */
function toTenant(text: string): string {
  const domain = isLoopback(tidyDomain(text)) ? tidyDomain(text) : toDomain(text)
  if (!domain) throw new TypeError(`“${text}” is not a domain such as your-tenant.eu.auth0.com.`)
  return domain
}

function headerOf(
  presented: Request | Partial<PresentedToken>,
  name: 'authorization' | 'dpop',
): string | null | undefined {
  return 'headers' in presented ? presented.headers.get(name) : presented[name]
}

function readAuthorization(header: string | null | undefined): { scheme: string; text: string } {
  const [, scheme, text] = /^(bearer|dpop) +(\S+) *$/i.exec(header ?? '') ?? []
  if (!scheme || !text) throw new TokenError('token/missing')
  if (text.length > longest) throw new TokenError('token/malformed')
  return { scheme: scheme.toLowerCase(), text }
}

/** The claims of a valid token. Everything that is read before the signature is verified serves the choice of words only. */
async function readClaims(
  text: string,
  issuers: ReadonlyMap<string, JWTVerifyGetKey>,
  audience: string,
): Promise<JWTPayload & { exp: number; sub: string }> {
  if (text.split('.').length !== 3) throw new TokenError('token/opaque')
  const { header, claims } = decode(text)
  if (header.alg !== 'RS256') throw new TokenError('token/other-algorithm')
  const key = issuers.get(claims.iss ?? '')
  if (!key) throw new TokenError('token/other-issuer')
  if (
    !/^((application\/)?at\+)?jwt$/i.test(header.typ ?? 'JWT') ||
    typeof header.kid !== 'string' ||
    claims.events
  )
    throw new TokenError('token/malformed')
  if (isIdToken(claims, audience)) throw new TokenError('token/id-token')
  try {
    const { payload } = await jwtVerify(text, key, {
      algorithms: ['RS256'],
      issuer: claims.iss,
      audience,
      requiredClaims: ['exp', 'sub'],
    })
    if (typeof payload.sub !== 'string' || !payload.sub) throw new TokenError('token/malformed')
    return payload as JWTPayload & { exp: number; sub: string }
  } catch (cause) {
    throw toTokenError(cause, audience)
  }
}

function decode(text: string) {
  try {
    return { header: decodeProtectedHeader(text), claims: decodeJwt(text) }
  } catch (cause) {
    throw new TokenError('token/malformed', { cause })
  }
}

/** An ID token is for an application, whose `azp` it lacks; or it says so by a claim that no access token has. */
function isIdToken(claims: JWTPayload, audience: string): boolean {
  if (claims.nonce ?? claims.at_hash ?? claims.c_hash) return true
  return (
    typeof claims.aud === 'string' &&
    claims.aud !== audience &&
    !(claims.azp ?? claims.client_id ?? claims.scope)
  )
}

function toTokenError(cause: unknown, audience: string): TokenError {
  if (cause instanceof TokenError) return cause
  if (cause instanceof errors.JWTExpired) return new TokenError('token/expired')
  if (cause instanceof errors.JWSSignatureVerificationFailed) return new TokenError('token/bad-signature')
  if (cause instanceof errors.JWTClaimValidationFailed) {
    if (cause.claim === 'nbf') return new TokenError('token/not-yet-valid')
    if (cause.claim === 'aud')
      return new TokenError('token/other-audience', {
        title: `The audience ${audience} is missing from this token.`,
        cure: `Ask for the audience ${audience}.`,
      })
  }
  return new TokenError('token/malformed', { cause })
}

function toAccessToken(claims: JWTPayload & { sub: string }, options: VerifierOptions): AccessToken {
  const { org_id: id, org_name: name } = claims
  return deepFreeze({
    userId: claims.sub,
    scopes: typeof claims.scope === 'string' ? claims.scope.split(' ').filter(Boolean) : [],
    roles: options.rolesClaim ? textsIn(claims[options.rolesClaim]) : [],
    permissions: textsIn(claims[options.permissionsClaim ?? 'permissions']),
    organization: typeof id === 'string' ? { id, ...(typeof name === 'string' && { name }) } : undefined,
    claims,
  })
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}

function assertSatisfied(
  token: AccessToken,
  { scopes = [], roles = [], permissions = [], organization, secondFactor }: Requirements,
  { methodsClaim = 'amr' }: VerifierOptions,
): void {
  const hasAll = (wanted: readonly string[], actual: readonly string[]) =>
    wanted.every((one) => actual.includes(one))
  if (!hasAll(scopes, token.scopes))
    throw new TokenError('token/insufficient-scope', { scope: scopes.join(' ') })
  if (!hasAll(roles, token.roles) || !hasAll(permissions, token.permissions))
    throw new TokenError('token/not-permitted')
  if (organization !== undefined && !isOrganization(organization, token.organization))
    throw new TokenError('token/not-permitted')
  if (secondFactor && !textsIn(token.claims[methodsClaim]).includes('mfa'))
    throw new TokenError('token/second-factor')
}
