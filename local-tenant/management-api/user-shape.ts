import { createHash } from 'node:crypto'
import { identitiesOf } from '../tenant/identities.ts'
import type { User } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { omit } from './omit.ts'

/** What the tenant keeps with a user and Auth0 tells elsewhere, or never. */
const hidden = [
  'password',
  'password_hash',
  'custom_password_hash',
  'otp_secret',
  'roles',
  'connection',
  'permissions',
  'authentication_methods',
  'passkeys',
]

/** A user as the Management API shows one. */
export function toUser(tenant: Tenant, user: User) {
  const identities = identitiesOf(tenant.directory, user).map((identity) => omit(identity, 'password'))
  const absent = user.email === '' ? [...hidden, 'email'] : hidden
  return { ...omit(user, ...absent), identities } as Record<string, unknown> & { user_id: string }
}

/** A user as a search looks at one: with organizations and the domain of the e-mail address. */
export function toSearchable(tenant: Tenant, q: string): (user: User) => object {
  const organizations = q.includes('organization_id') ? organizationsByMember(tenant) : undefined
  return (user) => ({
    ...toUser(tenant, user),
    'email.domain': user.email?.split('@')[1]?.toLowerCase(),
    ...(organizations && { organization_id: organizations.get(user.user_id) ?? [] }),
  })
}

/** The picture that Auth0 gives a user who has none. */
export function gravatar(email: string): string {
  const hash = createHash('md5').update(email.toLowerCase()).digest('hex')
  const initials = email.slice(0, 2).toLowerCase()
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${initials}.png`)
  return `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=${fallback}`
}

function organizationsByMember({ directory }: Tenant): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { id, members = [] } of directory.organizations.values())
    for (const { user_id } of members) found.set(user_id, [...(found.get(user_id) ?? []), id])
  return found
}
