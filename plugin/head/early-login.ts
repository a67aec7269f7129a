import type { GetTokenSilentlyVerboseResponse, IdToken } from '@auth0/auth0-spa-js'
import { verify } from '@auth0/auth0-spa-js/src/jwt'
import { toIssuer, type PublicConnection, type User } from '../../contract/index.ts'
import { withLogin } from '../browser/login-claims.ts'

/** What the script of `headSnippet` leaves on the page. */
export interface EarlyLogin {
  domain: string
  clientId: string
  /** The tenant's answer, or its error. */
  answer: Promise<{ nonce?: string; id_token?: string; access_token?: string; expires_in?: number }>
}

/** A session that the page's head was answered. */
export interface EarlySession {
  session: { user: User; claims: IdToken }
  tokens: GetTokenSilentlyVerboseResponse
  /** Seconds since 1970, a minute before the token ends. */
  endsAt: number
}

declare global {
  interface Window {
    lowgateEarly?: EarlyLogin
  }
}

/** Seconds before its end at which an access token is renewed, so that it does not end on its way to an API. */
const renewal = 60

/**
 * The session that the page's head asked the tenant for, if it did and the SDK would take the answer: the check is
 * the SDK's own, without the rest of it. What it refuses is asked for again by the SDK, which then says why.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export async function takeEarlyLogin(
  { domain, clientId, organization }: PublicConnection,
  leeway?: number,
): Promise<EarlySession | undefined> {
  const early = window.lowgateEarly
  delete window.lowgateEarly
  if (early?.domain !== domain || early.clientId !== clientId) return undefined
  try {
    const { nonce, id_token = '', access_token, expires_in = 0 } = await early.answer
    // Without a nonce of its own the SDK would compare none.
    if (!nonce || !access_token) return undefined
    const { user, claims } = verify({
      iss: toIssuer(domain),
      aud: clientId,
      id_token,
      nonce,
      organization,
      ...(leeway !== undefined && { leeway }),
    })
    // The SDK watches over a session that ends at a time of its own.
    if ('session_expiry' in claims) return undefined
    // A text would be joined to the time instead of added to it.
    const lifetime = Number(expires_in)
    return {
      session: { user: withLogin(user as User, claims), claims },
      tokens: { access_token, id_token, token_type: 'Bearer', expires_in: lifetime },
      endsAt: Date.now() / 1000 + lifetime - renewal,
    }
  } catch {
    return undefined
  }
}
