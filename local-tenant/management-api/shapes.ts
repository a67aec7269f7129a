import type { Organization, Role, User } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { omit } from './omit.ts'
import type { Permission } from './permissions.ts'

/** Members, connections, invitations and grants have endpoints of their own. */
export function publicOrganization(organization: Organization): Partial<Organization> {
  return omit(organization, 'members', 'enabled_connections', 'invitations', 'client_grants')
}

export function publicRole({ id, name, description = '' }: Role) {
  return { id, name, description }
}

/** Roles by name, as the tenant holds them, in Auth0's shape. */
export function rolesNamed({ directory }: Tenant, names: string[] = []) {
  return names.flatMap((name) => directory.roles.allNamed(name)).map(publicRole)
}

/** A user as lists of members show them. */
export function memberOf({ user_id, email, name, picture }: User) {
  return { user_id, email, name, picture }
}

export function describePermissions({ directory }: Tenant, permissions: Permission[] = []) {
  return permissions.map(({ permission_name, resource_server_identifier }) => {
    const server = directory.resourceServers.named(resource_server_identifier)
    const description = server?.scopes?.find(({ value }) => value === permission_name)?.description ?? ''
    return { permission_name, description, resource_server_name: server?.name, resource_server_identifier }
  })
}
