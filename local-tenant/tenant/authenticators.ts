import { randomBytes } from 'node:crypto'
import { newId } from './directory.ts'
import type { User } from './seeds/schema.ts'
import type { Tenant } from './tenant.ts'

/** A way in which a user proves a second factor. The secret of an authenticator app is the user's `otp_secret`. */
export interface Authenticator {
  id: string
  type: 'phone' | 'email' | 'totp' | 'recovery-code'
  confirmed: boolean
  name?: string | undefined
  email?: string | undefined
  phone_number?: string | undefined
  preferred_authentication_method?: 'sms' | 'voice' | undefined
  /** Good once; never shown again. */
  recovery_code?: string | undefined
  created_at: string
  last_auth_at?: string | undefined
}

/** What a user has enrolled. A seed's `otp_secret`, and an enrolment at login, are an authenticator app. */
export function authenticatorsOf(tenant: Tenant, user: User): Authenticator[] {
  const known = (user.authentication_methods ?? []) as Authenticator[]
  const listed = known.filter(({ type }) => type !== 'totp' || user.otp_secret !== undefined)
  if (!user.otp_secret || listed.some(({ type }) => type === 'totp')) return listed
  const id = `totp|dev_${user.user_id.replace(/\W/g, '').slice(-16)}`
  const created_at = String(user.created_at ?? tenant.clock.iso())
  return [...listed, { id, type: 'totp', confirmed: true, created_at }]
}

/** Whether a second factor can be asked for: a recovery code only replaces one. */
export function isEnrolled(tenant: Tenant, user: User): boolean {
  return authenticatorsOf(tenant, user).some(({ type }) => type !== 'recovery-code')
}

export function newAuthenticator(
  tenant: Tenant,
  about: Omit<Authenticator, 'id' | 'confirmed' | 'created_at'>,
): Authenticator {
  const id = `${about.type}|${newId('dev_')}`
  return { id, confirmed: true, created_at: tenant.clock.iso(), ...about }
}

export function addAuthenticator(tenant: Tenant, user: User, added: Authenticator): void {
  user.authentication_methods = [...authenticatorsOf(tenant, user), added]
}

export function removeAuthenticators(
  tenant: Tenant,
  user: User,
  matches: (each: Authenticator) => boolean,
): void {
  const all = authenticatorsOf(tenant, user)
  if (all.some((each) => each.type === 'totp' && matches(each))) delete user.otp_secret
  user.authentication_methods = all.filter((each) => !matches(each))
}

export type RecoveryCode = Authenticator & { recovery_code: string }

/** A recovery code for the day when the other authenticators are lost. */
export function newRecoveryCode(tenant: Tenant): RecoveryCode {
  const recovery_code = randomBytes(18)
    .toString('base64')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, 'X')
  return { ...newAuthenticator(tenant, { type: 'recovery-code' }), recovery_code }
}

/** Gives the user a fresh recovery code, or this one; the previous one stops working. */
export function renewRecoveryCode(tenant: Tenant, user: User, next = newRecoveryCode(tenant)): string {
  removeAuthenticators(tenant, user, ({ type }) => type === 'recovery-code')
  user.authentication_methods = [next, ...authenticatorsOf(tenant, user)]
  return next.recovery_code
}

/** What an authenticator app reads from a picture. @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function barcodeUri(
  { domain }: Pick<Tenant, 'domain'>,
  { email, user_id }: User,
  secret: string,
): string {
  const label = `${encodeURIComponent(domain)}:${encodeURIComponent(email || user_id)}`
  const query = new URLSearchParams({ secret, issuer: domain, algorithm: 'SHA1', digits: '6', period: '30' })
  return `otpauth://totp/${label}?${query.toString()}`
}

/** As every API shows one: addresses masked, as recorded (`chuc****@exam*******`), secrets left out. */
export function maskAuthenticator(authenticator: Authenticator): Authenticator {
  const each = { ...authenticator }
  delete each.recovery_code
  return {
    ...each,
    ...(each.email && { email: each.email.split('@').map(maskText).join('@') }),
    ...(each.phone_number && { phone_number: maskText(each.phone_number) }),
  }
}

export function maskText(text: string): string {
  return text.slice(0, 4) + '*'.repeat(Math.max(0, text.length - 4))
}
