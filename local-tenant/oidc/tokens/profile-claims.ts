import { labelOf } from '../../tenant/users.ts'
import type { User } from '../../tenant/seeds/schema.ts'

/** The OpenID claims that the scopes open, as in Auth0's ID tokens and `/userinfo`. Absent values stay absent. */
export function profileClaims(user: User, scopes: string[]): Record<string, unknown> {
  const claims = {
    ...(scopes.includes('profile') && {
      given_name: user.given_name,
      family_name: user.family_name,
      nickname: user.nickname ?? labelOf(user).split('@')[0],
      name: user.name ?? labelOf(user),
      picture: user.picture,
      locale: user.locale,
      updated_at: user.updated_at ?? '2026-01-01T00:00:00.000Z',
    }),
    ...(scopes.includes('phone') && {
      phone_number: user.phone_number,
      phone_number_verified: user.phone_number && (user.phone_verified ?? false),
    }),
    ...(scopes.includes('email') &&
      user.email !== '' && { email: user.email, email_verified: user.email_verified ?? false }),
  }
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}
