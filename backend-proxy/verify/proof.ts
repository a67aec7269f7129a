import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import { TokenError } from './errors.ts'
import { sha256 } from './hash.ts'

/** Seconds that a proof is good for, and that the clocks of visitors may be ahead. */
const age = { most: 300, ahead: 30 }

/**
 * Checks that a request was made by who holds the key that its token is bound to (DPoP). A proof counts once: the last
 * 100,000 are remembered, in this process.
 *
 * @param origin what clients call instead of the origin of the request's address
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 */
export function createProofCheck(origin?: string) {
  const seen = new LRUCache<string, true>({ max: 100_000, ttl: (age.most + 2 * age.ahead) * 1000 })

  return async (request: {
    proof: string
    method: string
    /** The whole address. */
    url: string
    token: string
    /** The thumbprint of the key that the token is bound to. */
    boundTo: string
  }): Promise<void> => {
    try {
      const { payload, protectedHeader } = await jwtVerify(request.proof, EmbeddedJWK, {
        typ: 'dpop+jwt',
        // The one that Auth0 binds tokens with.
        algorithms: ['ES256'],
        maxTokenAge: age.most,
        clockTolerance: age.ahead,
      })
      const { htm, htu, ath, jti } = payload
      const thumbprint = await calculateJwkThumbprint(protectedHeader.jwk as JWK)
      const fits =
        htm === request.method &&
        withoutQuery(htu) === withoutQuery(request.url, origin) &&
        ath === (await sha256(request.token)) &&
        thumbprint === request.boundTo
      if (!fits || typeof jti !== 'string' || !jti) throw new TokenError('token/bad-proof')
      const once = await sha256(`${thumbprint} ${jti}`)
      if (seen.has(once)) throw new TokenError('token/bad-proof')
      seen.set(once, true)
    } catch (cause) {
      throw cause instanceof TokenError ? cause : new TokenError('token/bad-proof', { cause })
    }
  }
}

/** @throws when it is not an address. */
function withoutQuery(address: unknown, instead?: string): string {
  const { origin, pathname } = new URL(String(address))
  return (instead ?? origin) + pathname
}
