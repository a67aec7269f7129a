import type { Directory } from '../../tenant/directory.ts'
import type { ResourceServer, Role, User } from '../../tenant/seeds/schema.ts'

/** Seconds an access token lives where its API does not say. */
export const DEFAULT_ACCESS_TOKEN_LIFETIME = 86_400
/** What every API passes. */
export const OPEN_ID_SCOPES = ['openid', 'profile', 'email', 'address', 'phone']

/** What the user may do at the API: directly and by roles, with the roles held inside the organization. */
export function permissionsOf(
  directory: Directory,
  user: User,
  audience?: string,
  organizationId?: string,
): string[] {
  const held = rolesOf(directory, user, organizationId)
  const granted = [user, ...held]
    .flatMap(({ permissions }) => permissions ?? [])
    .filter((permission) => permission.resource_server_identifier === audience)
  return [...new Set(granted.map((permission) => permission.permission_name))]
}

export function rolesOf(directory: Directory, user: User, organizationId?: string): Role[] {
  const organization = organizationId ? directory.organizations.get(organizationId) : undefined
  const inside = organization?.members?.find((member) => member.user_id === user.user_id)?.roles ?? []
  const names = new Set([...(user.roles ?? []), ...inside])
  return [...directory.roles.values()].filter((role) => names.has(role.name))
}

export interface ScopeRequest {
  requested: string[]
  server: ResourceServer | undefined
  permissions: string[]
  refreshable: boolean
}

/**
 * Auth0's filter: OpenID scopes pass; an API's scope passes when the API has it and, where the API enforces
 * its policies, the user holds the permission; `offline_access` passes when a refresh token was made.
 */
export function grantScopes({ requested, server, permissions, refreshable }: ScopeRequest): string[] {
  const offered = new Set(server?.scopes?.map((scope) => scope.value))
  return requested.filter((scope) => {
    if (scope === 'offline_access') return refreshable
    if (OPEN_ID_SCOPES.includes(scope)) return true
    return offered.has(scope) && (!server?.enforce_policies || permissions.includes(scope))
  })
}
