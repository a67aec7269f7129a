import { z } from 'zod'
import type { Tenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { conflict } from './errors.ts'
import { findOrganization, findRole, findUser } from './find.ts'
import { operation, type Operation } from './operation.ts'
import { checkpoints, eitherPage, selectFields, totals } from './paging.ts'
import { memberOf, rolesNamed } from './shapes.ts'

const members = fields({ members: z.array(z.string()).min(1).max(10) })
const roles = fields({ roles: z.array(z.string()).min(1).max(50) })
const MAXIMUM_ROLES = 50

export const organizationMemberOperations: Operation[] = [
  operation({
    on: 'GET /organizations/:id/members',
    scopes: ['read:organization_members'],
    query: totals,
    handle({ tenant, param, query }) {
      const shown = membersOf(tenant, param('id')).flatMap(({ user_id, roles: names }) => {
        const user = tenant.directory.users.get(user_id)
        const withRoles = query.fields?.split(',').includes('roles') && {
          roles: rolesNamed(tenant, names).map(({ id, name }) => ({ id, name })),
        }
        return user ? [{ ...memberOf(user), ...withRoles }] : []
      })
      return eitherPage(selectFields(shown, query), query, 'members')
    },
  }),
  operation({
    on: 'POST /organizations/:id/members',
    scopes: ['create:organization_members'],
    body: members,
    handle({ tenant, param, body }) {
      const organization = findOrganization(tenant, param('id'))
      const users = body.members.map((id) => findUser(tenant, id))
      const present = organization.members ?? []
      const waiting = rolesBeforeMembership(tenant, organization.id)
      const added = users.filter(({ user_id }) => !present.some((member) => member.user_id === user_id))
      organization.members = [
        ...present,
        ...added.map(({ user_id }) => {
          const held = waiting.get(user_id)
          waiting.delete(user_id)
          return { user_id, roles: held }
        }),
      ]
    },
  }),
  operation({
    on: 'DELETE /organizations/:id/members',
    scopes: ['delete:organization_members'],
    body: members,
    handle({ tenant, param, body }) {
      const organization = findOrganization(tenant, param('id'))
      organization.members = organization.members?.filter(({ user_id }) => !body.members.includes(user_id))
    },
  }),
  operation({
    on: 'GET /organizations/:id/members/:user/roles',
    scopes: ['read:organization_member_roles'],
    query: totals,
    handle({ tenant, param, query }) {
      return eitherPage(rolesNamed(tenant, rolesOf(tenant, param('id'), param('user'))), query, 'roles')
    },
  }),
  operation({
    on: 'POST /organizations/:id/members/:user/roles',
    scopes: ['create:organization_member_roles'],
    body: roles,
    handle({ tenant, param, body }) {
      const names = body.roles.map((id) => findRole(tenant, id).name)
      const { user_id } = findUser(tenant, param('user'))
      const held = [...new Set([...rolesOf(tenant, param('id'), user_id), ...names])]
      if (held.length > MAXIMUM_ROLES)
        throw conflict('The member may have at most 50 roles in this organization.', 'too_many_entities')
      setRoles(tenant, param('id'), user_id, held)
    },
  }),
  operation({
    on: 'DELETE /organizations/:id/members/:user/roles',
    scopes: ['delete:organization_member_roles'],
    body: roles,
    handle({ tenant, param, body }) {
      const names = body.roles.map((id) => findRole(tenant, id).name)
      const held = rolesOf(tenant, param('id'), param('user')).filter((name) => !names.includes(name))
      setRoles(tenant, param('id'), param('user'), held)
    },
  }),
  operation({
    on: 'GET /organizations/:id/roles/:role/members',
    scopes: ['read:organization_members'],
    query: totals,
    handle({ tenant, param, query }) {
      const role = findRole(tenant, param('role'))
      const holders = membersOf(tenant, param('id')).flatMap(({ user_id, roles: names }) => {
        const user = tenant.directory.users.get(user_id)
        return user && names?.includes(role.name) ? [memberOf(user)] : []
      })
      return eitherPage(selectFields(holders, query), query, 'members')
    },
  }),
  operation({
    on: 'GET /users/:id/organizations',
    scopes: ['read:organizations'],
    query: [...totals, ...checkpoints],
    handle({ tenant, param, query }) {
      const { user_id } = findUser(tenant, param('id'))
      const found = [...tenant.directory.organizations.values()].filter(({ members: all }) =>
        all?.some((member) => member.user_id === user_id),
      )
      const shown = found.map(({ id, name, display_name, branding, metadata }) => ({
        id,
        name,
        display_name,
        branding,
        metadata,
      }))
      return eitherPage(shown, query, 'organizations')
    },
  }),
]

function membersOf(tenant: Tenant, id: string) {
  return findOrganization(tenant, id).members ?? []
}

/** Recorded: roles may be given before the membership. They wait here until then. */
const waitingRoles = new WeakMap<object, Map<string, string[]>>()

function rolesBeforeMembership(tenant: Tenant, id: string): Map<string, string[]> {
  const organization = findOrganization(tenant, id)
  const waiting = waitingRoles.get(organization) ?? new Map<string, string[]>()
  waitingRoles.set(organization, waiting)
  return waiting
}

function rolesOf(tenant: Tenant, id: string, userId: string): string[] {
  const member = membersOf(tenant, id).find(({ user_id }) => user_id === userId)
  return (member ? member.roles : rolesBeforeMembership(tenant, id).get(userId)) ?? []
}

function setRoles(tenant: Tenant, id: string, userId: string, names: string[]): void {
  const member = membersOf(tenant, id).find(({ user_id }) => user_id === userId)
  if (member) member.roles = names
  else rolesBeforeMembership(tenant, id).set(userId, names)
}
