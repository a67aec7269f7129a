import { authenticatorsOf, type Authenticator } from '../../tenant/authenticators.ts'
import { omit } from '../../management-api/omit.ts'
import { passkeysOf } from '../../tenant/passkeys.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'

type Method = Record<string, unknown> & { id: string; type: string }

/** How the user can log in, as the My Account API shows it to the user: nothing masked, no secret. */
export function methodsOf(tenant: Tenant, user: User): Method[] {
  const factors = authenticatorsOf(tenant, user).map(toMethod)
  const passkeys = passkeysOf(user).map((passkey) => {
    return {
      ...omit(passkey, 'counter'),
      id: passkey.id,
      type: passkey.type,
      usage: ['primary'],
      identity_user_id: identityOf(user),
    }
  })
  const created_at = String(user.created_at ?? user.updated_at ?? '2026-01-01T00:00:00.000Z')
  const password = {
    ...{ id: `password|${identityOf(user)}`, type: 'password', created_at, usage: ['primary'] },
    identity_user_id: identityOf(user),
    ...(user.last_password_reset !== undefined && { last_password_reset: user.last_password_reset }),
  }
  const hasPassword = [user.password, user.password_hash, user.custom_password_hash].some(Boolean)
  return [...(hasPassword ? [password] : []), ...passkeys, ...factors]
}

export function toMethod(authenticator: Authenticator): Method {
  const shown: Authenticator = { ...authenticator }
  delete shown.recovery_code
  return { ...shown, usage: ['secondary'] }
}

function identityOf({ user_id }: User): string {
  return user_id.split('|').at(-1) ?? user_id
}
