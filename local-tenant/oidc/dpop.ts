import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWK } from 'jose'
import { oidcProvider } from './library.ts'
import { authMethodOf } from './provider-client.ts'
import type { Client, ResourceServer } from '../tenant/seeds/schema.ts'

/** Auth0 takes no other. */
export const DPOP_ALGORITHMS = ['ES256'] as const
const WINDOW_SECONDS = 300
const { errors } = oidcProvider

export interface ProofTarget {
  method: string
  url: string
  /** The token that the proof is for, where it is shown with one. */
  accessToken?: string
  /** Unix seconds. */
  now: number
}

/**
 * The thumbprint of the key that a DPoP proof shows. oidc-provider checks the proofs of codes and refresh tokens by
 * itself; this is for what it never sees.
 *
 * @throws `invalid_dpop_proof`
 * @see https://www.rfc-editor.org/rfc/rfc9449
 */
export async function checkProof(
  proof: string,
  { method, url, accessToken, now }: ProofTarget,
): Promise<string> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: [...DPOP_ALGORITHMS],
      typ: 'dpop+jwt',
      currentDate: new Date(now * 1000),
    })
    const fresh = Math.abs(now - (payload.iat ?? 0)) <= WINDOW_SECONDS
    const ath = accessToken && createHash('sha256').update(accessToken).digest('base64url')
    const fits = payload.htm === method && String(payload.htu).split(/[?#]/)[0] === url
    if (!fresh || !fits || !payload.jti || (ath && payload.ath !== ath)) throw new Error('does not fit')
    return await calculateJwkThumbprint(protectedHeader.jwk as JWK)
  } catch (cause) {
    const refusal = new errors.CustomOIDCProviderError('invalid_dpop_proof', 'Failed to verify DPoP proof')
    throw Object.assign(refusal, { cause })
  }
}

/**
 * Whether tokens for the API are bound to the proof's key: the API has to be set up for it, and a token for
 * `/userinfo` only always is.
 *
 * @throws `invalid_request` where a bound token is required and cannot be made
 */
export function bindsTokens(
  client: Client,
  server: ResourceServer | undefined,
  thumbprint: string | undefined,
): boolean {
  const { mechanism, required, required_for = 'all_clients' } = server?.proof_of_possession ?? {}
  const bound = thumbprint !== undefined && (!server || mechanism === 'dpop')
  const asked = required === true && (required_for === 'all_clients' || authMethodOf(client) === 'none')
  if (!bound && (asked || client.require_proof_of_possession)) {
    throw new errors.InvalidRequest(
      'A DPoP-bound access token is required, and the request or the API allows none.',
    )
  }
  return bound
}
