import { z } from 'zod'
import type { Tenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { ManagementApiError, notFound } from './errors.ts'

/** A scope of an API, held by a role or a user. */
export interface Permission {
  resource_server_identifier: string
  permission_name: string
}

const permission = fields({ resource_server_identifier: z.string(), permission_name: z.string() })
export const permissionsBody = fields({ permissions: z.array(permission).min(1) })

/** @throws {ManagementApiError} when an API or its scope does not exist */
export function withPermissions(
  { directory }: Tenant,
  present: Permission[] = [],
  added: Permission[],
): Permission[] {
  for (const { resource_server_identifier, permission_name } of added) {
    const server = directory.resourceServers.named(resource_server_identifier)
    if (!server)
      throw notFound(
        `Resource server with identifier '${resource_server_identifier}' not found.`,
        'inexistent_resource_server',
      )
    if (!server.scopes?.some(({ value }) => value === permission_name))
      throw new ManagementApiError(
        400,
        `The permission '${permission_name}' does not exist in the '${resource_server_identifier}' resource server.`,
        'invalid_body',
      )
  }
  return [...withoutPermissions(present, added), ...added]
}

export function withoutPermissions(present: Permission[] = [], removed: Permission[]): Permission[] {
  const same = (one: Permission, other: Permission) =>
    one.permission_name === other.permission_name &&
    one.resource_server_identifier === other.resource_server_identifier
  return present.filter((each) => !removed.some((other) => same(each, other)))
}
