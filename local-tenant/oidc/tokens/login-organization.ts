import { findOrganization, isMember } from '../../tenant/organizations.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { TokenRefusal } from './token-refusal.ts'

const refuse = (description: string) => new TokenRefusal(400, 'invalid_request', description)

/**
 * The organization that a login at `/oauth/token` names, by the rules of `/authorize`.
 *
 * @throws {TokenRefusal} where the application may not name one, has to, or the user is not a member
 */
export function organizationForLogin(
  { directory }: Tenant,
  clientId: string,
  user: User,
  wanted: string | undefined,
): string | undefined {
  const { organization_usage: usage = 'deny' } = directory.clients.get(clientId) ?? {}
  if (!wanted) {
    if (usage === 'require') throw refuse('parameter organization is required for this client')
    return undefined
  }
  if (usage === 'deny') throw refuse('parameter organization is not allowed for this client')
  const organization = findOrganization(directory, wanted)
  if (!organization) throw refuse(`organization ${wanted} does not exist`)
  if (isMember(organization, user.user_id)) return organization.id
  const text = `user ${user.user_id} is not part of the ${organization.id} organization`
  throw new TokenRefusal(403, 'access_denied', text)
}
