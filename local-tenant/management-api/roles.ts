import { z } from 'zod'
import { newId } from '../tenant/directory.ts'
import type { Role, User } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { conflict, ManagementApiError } from './errors.ts'
import { findRole, findUser } from './find.ts'
import { merge } from './merge.ts'
import { operation, type Operation } from './operation.ts'
import { checkpoints, eitherPage, offsetPage, totals } from './paging.ts'
import { permissionsBody, withoutPermissions, withPermissions } from './permissions.ts'
import { describePermissions, memberOf, publicRole } from './shapes.ts'

const shape = { name: z.string().min(1), description: z.string().optional() }
const MAXIMUM_PERMISSIONS = 1_000

export const roleOperations: Operation[] = [
  operation({
    on: 'GET /roles',
    scopes: ['read:roles'],
    handle({ tenant, query }) {
      const wanted = query.name_filter?.toLowerCase() ?? ''
      const found = [...tenant.directory.roles.values()].filter(({ name }) =>
        name.toLowerCase().includes(wanted),
      )
      return offsetPage(found.map(publicRole), query, 'roles')
    },
  }),
  operation({
    on: 'GET /roles/:id',
    scopes: ['read:roles'],
    handle: ({ tenant, param }) => publicRole(findRole(tenant, param('id'))),
  }),
  operation({
    on: 'POST /roles',
    scopes: ['create:roles'],
    status: 200,
    body: fields(shape),
    handle({ tenant, body }) {
      checkName(tenant, body.name)
      const role = merge({ id: newId('rol_'), name: body.name }, body)
      tenant.directory.roles.set(role.id, role)
      return role
    },
  }),
  operation({
    on: 'PATCH /roles/:id',
    scopes: ['update:roles'],
    body: fields(shape).partial(),
    handle({ tenant, param, body }) {
      const role = findRole(tenant, param('id'))
      if (body.name !== undefined && body.name !== role.name) {
        checkName(tenant, body.name)
        renameRole(tenant, role.name, body.name)
      }
      merge(role, body)
      tenant.directory.roles.set(role.id, role)
      return publicRole(role)
    },
  }),
  operation({
    on: 'DELETE /roles/:id',
    scopes: ['delete:roles'],
    handle({ tenant, param }) {
      const role = findRole(tenant, param('id'))
      renameRole(tenant, role.name, undefined)
      tenant.directory.roles.delete(role.id)
      return {}
    },
  }),
  operation({
    on: 'GET /roles/:id/permissions',
    scopes: ['read:roles'],
    handle({ tenant, param, query }) {
      return offsetPage(
        describePermissions(tenant, findRole(tenant, param('id')).permissions),
        query,
        'permissions',
      )
    },
  }),
  operation({
    on: 'POST /roles/:id/permissions',
    scopes: ['update:roles'],
    body: permissionsBody,
    handle({ tenant, param, body }) {
      const role = findRole(tenant, param('id'))
      const permissions = withPermissions(tenant, role.permissions, body.permissions)
      if (permissions.length > MAXIMUM_PERMISSIONS)
        throw new ManagementApiError(403, 'The role may have at most 1000 permissions.', 'too_many_entities')
      role.permissions = permissions
      return {}
    },
  }),
  operation({
    on: 'DELETE /roles/:id/permissions',
    scopes: ['update:roles'],
    body: permissionsBody,
    handle({ tenant, param, body }) {
      const role = findRole(tenant, param('id'))
      role.permissions = withoutPermissions(role.permissions, body.permissions)
    },
  }),
  operation({
    on: 'GET /roles/:id/users',
    scopes: ['read:users', 'read:roles'],
    query: [...totals, ...checkpoints],
    handle({ tenant, param, query }) {
      const role = findRole(tenant, param('id'))
      const holders = [...tenant.directory.users.values()].filter(({ roles }) => roles?.includes(role.name))
      return eitherPage(holders.map(memberOf), query, 'users')
    },
  }),
  operation({
    on: 'POST /roles/:id/users',
    scopes: ['update:roles'],
    status: 200,
    body: fields({ users: z.array(z.string()).min(1) }),
    handle({ tenant, param, body }) {
      const role = findRole(tenant, param('id'))
      for (const user of body.users.map((id) => findUser(tenant, id))) giveRoles(user, [role])
      return {}
    },
  }),
]

const MAXIMUM_ROLES = 50

export function giveRoles(user: User, roles: Role[]): void {
  const names = [...new Set([...(user.roles ?? []), ...roles.map(({ name }) => name)])]
  if (names.length > MAXIMUM_ROLES)
    throw new ManagementApiError(403, 'The user may have at most 50 roles.', 'too_many_entities')
  user.roles = names
}

function checkName({ directory }: Tenant, name: string): void {
  if (directory.roles.named(name))
    throw conflict(
      `The role name "${name}" is already in use. Please provide a unique name.`,
      'role_conflict',
    )
}

/** Users and members hold roles by name; without a new one they lose it. */
function renameRole({ directory }: Tenant, from: string, to: string | undefined): void {
  const renamed = (names: string[]) => names.flatMap((name) => (name === from ? (to ?? []) : name))
  for (const user of directory.users.values())
    if (user.roles?.includes(from)) user.roles = renamed(user.roles)
  for (const { members = [], invitations = [] } of directory.organizations.values())
    for (const holder of [...members, ...invitations])
      if (holder.roles?.includes(from)) holder.roles = renamed(holder.roles)
}
