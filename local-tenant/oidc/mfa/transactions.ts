import { randomBytes } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { findApi } from '../../tenant/apis.ts'
import { connectionNameOf } from '../../tenant/users.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { MfaTransaction, Tenant } from '../../tenant/tenant.ts'
import { TokenRefusal } from '../tokens/token-refusal.ts'

const LIFETIME = 600

/** Keeps a login that waits for its second factor, under a fresh `mfa_token`. */
export function openTransaction(tenant: Tenant, waiting: Pick<MfaTransaction, 'grant' | 'protocol'>): string {
  const token = `Fe26.2*${randomBytes(32).toString('base64url')}`
  const expires = tenant.clock.now() + LIFETIME
  tenant.mfaTransactions.set(token, { ...waiting, sent: new Map(), expires })
  return token
}

/**
 * The login that an `mfa_token` belongs to, or the enrolment that an access token of the MFA API opens.
 *
 * @throws {TokenRefusal} when the token is unknown or has expired
 */
export async function findTransaction(tenant: Tenant, token = ''): Promise<MfaTransaction & { user: User }> {
  const known = tenant.mfaTransactions.get(token) ?? (await fromAccessToken(tenant, token))
  if (!known) throw new TokenRefusal(403, 'invalid_grant', 'Malformed mfa_token')
  if (known.expires <= tenant.clock.now())
    throw new TokenRefusal(403, 'expired_token', 'mfa_token is expired')
  const user = tenant.directory.users.get(known.grant.userId)
  if (!user) throw new TokenRefusal(403, 'invalid_grant', 'Malformed mfa_token')
  return Object.assign(known, { user })
}

async function fromAccessToken(tenant: Tenant, token: string): Promise<MfaTransaction | undefined> {
  const api = findApi(tenant.directory, `${tenant.issuer}mfa/`)
  const payload: JWTPayload | undefined = await tenant.keys.verify(token).catch(() => undefined)
  const user = tenant.directory.users.get(payload?.sub ?? '')
  if (!payload || !user || !api || ![payload.aud].flat().includes(api.identifier)) return undefined
  const scopes = String(payload.scope).split(' ')
  const transaction: MfaTransaction = {
    grant: {
      clientId: String(payload.azp),
      userId: user.user_id,
      requestedScopes: scopes,
      connection: connectionNameOf(tenant.directory, user),
      methods: [],
      acrValues: [],
      uiLocales: [],
      request: {},
      audience: api.identifier,
    },
    protocol: 'oauth2-password',
    sent: new Map(),
    scopes,
    expires: payload.exp ?? 0,
  }
  tenant.mfaTransactions.set(token, transaction)
  return transaction
}
