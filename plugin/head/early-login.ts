import { toIssuer, type PublicConnection, type User } from '../../contract/index.ts'
import { readClaims } from '../session/claims.ts'
import type { KeptSession } from '../session/token-cache.ts'

/** What the script of `headSnippet` leaves on the page. */
export interface EarlyLogin {
  domain: string
  clientId: string
  /** The tenant's answer, or its error. */
  answer: Promise<{ nonce?: string; id_token?: string; access_token?: string; expires_in?: number }>
}

declare global {
  interface Window {
    lowgateEarly?: EarlyLogin
  }
}

/** Claims of the protocol: everything else is the visitor's profile. */
const protocol = 'iss aud exp nbf iat jti azp nonce auth_time at_hash c_hash acr amr sid'.split(' ')

/** Seconds by which a device's clock may differ from the tenant's. */
const tolerance = 60

/**
 * The session that the page's head asked the tenant for, if it did and the answer can be trusted.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export async function takeEarlyLogin(
  { domain, clientId, organization }: PublicConnection,
  now = () => Date.now() / 1000,
): Promise<(KeptSession & { endsAt: number }) | undefined> {
  const early = window.lowgateEarly
  delete window.lowgateEarly
  if (early?.domain !== domain || early.clientId !== clientId) return undefined
  const { nonce, id_token, access_token, expires_in = 0 } = await early.answer.catch(() => ({}) as never)
  const claims = readClaims(id_token)
  const { iss, aud, azp, exp, iat } = claims as {
    iss?: string
    aud?: string | string[]
    azp?: string
    exp?: number
    iat?: number
  }
  const isOurs =
    iss === toIssuer(domain) &&
    (Array.isArray(aud)
      ? aud.includes(clientId) && (aud.length === 1 || azp === clientId)
      : aud === clientId) &&
    !!nonce &&
    claims.nonce === nonce &&
    (exp ?? 0) + tolerance > now() &&
    Math.abs((iat ?? 0) - now()) <= tolerance &&
    (!organization || organization === claims.org_id || organization.toLowerCase() === claims.org_name)
  if (!isOurs || !access_token || typeof claims.sub !== 'string') return undefined
  const user = Object.fromEntries(Object.entries(claims).filter(([name]) => !protocol.includes(name))) as User
  return { user, accessToken: access_token, endsAt: now() + expires_in - tolerance }
}
