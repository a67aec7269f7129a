import { z } from 'zod'
import type { User } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { findRole, findUser } from './find.ts'
import { operation, type Operation } from './operation.ts'
import { checkpointPage, checkpoints, eitherPage, totals } from './paging.ts'
import { permissionsBody, withPermissions, withoutPermissions, type Permission } from './permissions.ts'
import { giveRoles } from './roles.ts'
import { describePermissions, rolesNamed } from './shapes.ts'

const roles = fields({ roles: z.array(z.string().min(1)).min(1) })

/** What a user holds in the whole tenant; roles inside an organization are the organization's. */
export const userRoleOperations: Operation[] = [
  operation({
    on: 'GET /users/:id/roles',
    scopes: ['read:users', 'read:roles'],
    handle: ({ tenant, param, query }) =>
      eitherPage(rolesNamed(tenant, findUser(tenant, param('id')).roles), query, 'roles'),
  }),
  operation({
    on: 'POST /users/:id/roles',
    scopes: ['update:users'],
    body: roles,
    handle({ tenant, param, body }) {
      const user = findUser(tenant, param('id'))
      giveRoles(
        user,
        body.roles.map((id) => findRole(tenant, id)),
      )
    },
  }),
  operation({
    on: 'DELETE /users/:id/roles',
    scopes: ['update:users'],
    body: roles,
    handle({ tenant, param, body }) {
      const user = findUser(tenant, param('id'))
      const names = body.roles.map((id) => findRole(tenant, id).name)
      user.roles = user.roles?.filter((name) => !names.includes(name))
    },
  }),
  operation({
    on: 'GET /users/:id/effective-roles',
    scopes: ['read:users', 'read:roles'],
    handle({ tenant, param, query }) {
      const held = rolesNamed(tenant, findUser(tenant, param('id')).roles)
      return checkpointPage(
        held.map((role) => ({ ...role, sources: ['direct'] })),
        query,
        'roles',
      )
    },
  }),
  operation({
    on: 'GET /users/:id/permissions',
    scopes: ['read:users'],
    query: [...totals, ...checkpoints],
    handle: ({ tenant, param, query }) =>
      eitherPage(permissionsOf(tenant, findUser(tenant, param('id'))), query, 'permissions'),
  }),
  operation({
    on: 'POST /users/:id/permissions',
    scopes: ['update:users'],
    body: permissionsBody,
    handle({ tenant, param, body }) {
      const user = findUser(tenant, param('id'))
      user.permissions = withPermissions(tenant, direct(user), body.permissions)
      return {}
    },
  }),
  operation({
    on: 'DELETE /users/:id/permissions',
    scopes: ['update:users'],
    body: permissionsBody,
    handle({ tenant, param, body }) {
      const user = findUser(tenant, param('id'))
      user.permissions = withoutPermissions(direct(user), body.permissions)
    },
  }),
]

function direct(user: User): Permission[] {
  return (user.permissions ?? []) as Permission[]
}

/** Each permission once, with everything it comes from. */
function permissionsOf(tenant: Tenant, user: User) {
  const held = (user.roles ?? []).flatMap((name) => tenant.directory.roles.allNamed(name))
  const all = [
    ...direct(user).map((permission) => ({
      permission,
      source: { source_id: '', source_name: '', source_type: 'DIRECT' },
    })),
    ...held.flatMap((role) =>
      (role.permissions ?? []).map((permission) => ({
        permission,
        source: { source_id: role.id, source_name: role.name, source_type: 'ROLE' },
      })),
    ),
  ]
  const grouped = new Map<string, { permission: Permission; sources: object[] }>()
  for (const { permission, source } of all) {
    const key = `${permission.resource_server_identifier} ${permission.permission_name}`
    const entry = grouped.get(key) ?? { permission, sources: [] }
    entry.sources.push(source)
    grouped.set(key, entry)
  }
  return [...grouped.values()].flatMap(({ permission, sources }) =>
    describePermissions(tenant, [permission]).map((shown) => ({ ...shown, sources })),
  )
}
