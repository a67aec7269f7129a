import type { KoaContextWithOIDC } from 'oidc-provider'
import {
  addAuthenticator,
  authenticatorsOf,
  isEnrolled,
  renewRecoveryCode,
} from '../../tenant/authenticators.ts'
import { logUser } from '../../tenant/log-user.ts'
import { isOneTimeCode } from '../../tenant/one-time-code.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { MfaTransaction, Tenant } from '../../tenant/tenant.ts'
import { tokenFields, type TokenFields } from '../token-request.ts'
import { goOn } from '../tokens/direct-login.ts'
import { TokenRefusal } from '../tokens/token-refusal.ts'
import { findTransaction } from './transactions.ts'

const MFA = 'http://auth0.com/oauth/grant-type/mfa-'

/** Shows the factor, and answers what the application is told beside the tokens. @throws {TokenRefusal} */
type Factor = (tenant: Tenant, about: MfaTransaction & { user: User }, fields: TokenFields) => object

/** The grants that end a login which waits for its second factor, by the factor. */
const factors: Record<string, Factor> = {
  otp(tenant, transaction, { otp = '' }) {
    const { user, newSecret } = transaction
    const secret = newSecret ?? user.otp_secret
    if (!secret || !isOneTimeCode(secret, otp, tenant.clock.now())) throw wrong('Invalid otp_code.')
    user.otp_secret = secret
    delete transaction.newSecret
    return {}
  },
  oob(tenant, { user, sent }, { oob_code = '', binding_code = '' }) {
    const waiting = sent.get(oob_code)
    if (!waiting) throw wrong('Invalid oob_code.')
    if (!binding_code || waiting.code !== binding_code) throw wrong('Invalid binding_code.')
    sent.delete(oob_code)
    if (waiting.enrols) addAuthenticator(tenant, user, waiting.enrols)
    return {}
  },
  'recovery-code'(tenant, { user }, { recovery_code = '' }) {
    const kept = authenticatorsOf(tenant, user).find(({ type }) => type === 'recovery-code')
    if (!recovery_code || kept?.recovery_code !== recovery_code) {
      logUser(tenant, 'gd_recovery_failed', user)
      throw wrong('Invalid recovery_code.')
    }
    logUser(tenant, 'gd_recovery_succeed', user)
    return { recovery_code: renewRecoveryCode(tenant, user) }
  },
}

export const mfaGrantTypes = Object.keys(factors).map((factor) => MFA + factor)

/**
 * The grants `mfa-otp`, `mfa-oob` and `mfa-recovery-code`: the second factor of a login that `/oauth/token` refused
 * with `mfa_required`.
 *
 * @see https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
 */
export async function mfaGrant(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const fields = tokenFields(ctx.req)
  const transaction = await findTransaction(tenant, fields.mfa_token)
  const { grant, protocol, user } = transaction
  if (grant.clientId !== ctx.oidc.client?.clientId) throw wrong('Malformed mfa_token')
  const type = (fields.grant_type ?? '').slice(MFA.length)
  const enrolling = !isEnrolled(tenant, user)
  if (!enrolling && !transaction.scopes) forgetEnrolments(transaction)
  const more = factors[type]?.(tenant, transaction, fields)
  tenant.mfaTransactions.delete(fields.mfa_token ?? '')
  if (enrolling && isEnrolled(tenant, user)) {
    if (transaction.newRecoveryCode) renewRecoveryCode(tenant, user, transaction.newRecoveryCode)
    logUser(tenant, 'gd_enrollment_complete', user)
  }
  const timestamp = tenant.clock.iso()
  grant.methods = [...grant.methods, { name: 'mfa', type: type === 'otp' ? 'otp' : type, timestamp }]
  logUser(tenant, 'gd_auth_succeed', user, { client_id: grant.clientId })
  await goOn(tenant, ctx, { grant, protocol })
  Object.assign(ctx.body as object, more)
}

/** The user has enrolled at another login since: a password by itself adds no second factor to that. */
function forgetEnrolments(transaction: MfaTransaction): void {
  delete transaction.newSecret
  for (const [oobCode, { enrols }] of transaction.sent) if (enrols) transaction.sent.delete(oobCode)
}

function wrong(description: string): TokenRefusal {
  return new TokenRefusal(403, 'invalid_grant', description)
}
