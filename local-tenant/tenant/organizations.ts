import type { Organization, User } from './seeds/schema.ts'
import type { Directory } from './directory.ts'
import type { Tenant } from './tenant.ts'

/** The organization of this id, or of this name where the tenant lets names be used. Names are compared in lower case. */
export function findOrganization(
  { settings, organizations }: Directory,
  idOrName: string,
): Organization | undefined {
  const byId = organizations.get(idOrName)
  if (byId || !settings.allow_organization_name_in_authentication_api) return byId
  return organizations.named(idOrName.toLowerCase())
}

export function organizationsOf(directory: Directory, user: User): Organization[] {
  return [...directory.organizations.values()].filter((organization) => isMember(organization, user.user_id))
}

/** The invitation of a ticket, while it has not expired. */
export function openInvitation(
  { clock }: Pick<Tenant, 'clock'>,
  organization: Organization | undefined,
  ticket: string,
) {
  const invitation = organization?.invitations?.find(({ ticket_id }) => ticket_id === ticket)
  const expired =
    invitation?.expires_at !== undefined && Date.parse(invitation.expires_at) / 1000 <= clock.now()
  return expired ? undefined : invitation
}

export function isMember(organization: Organization, userId: string): boolean {
  return organization.members?.some((member) => member.user_id === userId) ?? false
}

export function addMember(organization: Organization, userId: string, roles: string[] = []): void {
  organization.members = [...(organization.members ?? []), { user_id: userId, roles }]
}
