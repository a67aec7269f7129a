import { z } from 'zod'
import { newId } from '../tenant/directory.ts'
import type { Organization } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { conflict } from './errors.ts'
import { findConnection, findOrganization } from './find.ts'
import { merge } from './merge.ts'
import { operation, type Operation } from './operation.ts'
import { enabledConnection, toEnabledConnection } from './organization-connections.ts'
import { checkpointPage, eitherPage, totals } from './paging.ts'
import { parseSearch } from './search-expression.ts'
import { publicOrganization } from './shapes.ts'

const read = ['read:organizations', 'read:organizations_summary']
const shape = {
  name: z
    .string()
    .max(50)
    .regex(/^[a-z0-9][a-z0-9_-]*$/, {
      error: ({ input }) => `Object didn't pass validation for format organization-name: ${String(input)}`,
    }),
  display_name: z.string().min(1).max(255).optional(),
  metadata: z.record(z.string().max(255), z.string().max(255).nullable()).optional(),
}
const update = fields(shape, 'branding token_quota third_party_client_access is_app_entitlement_active')
const create = update.extend({ enabled_connections: z.array(enabledConnection).max(10).optional() })

export const organizationOperations: Operation[] = [
  operation({
    on: 'GET /organizations',
    scopes: read,
    query: totals,
    handle({ tenant, query }) {
      const all = [...tenant.directory.organizations.values()]
      return eitherPage(sorted(all, query.sort).map(publicOrganization), query, 'organizations')
    },
  }),
  operation({
    on: 'GET /organizations/search',
    scopes: read,
    query: ['parser'],
    handle({ tenant, index, query }) {
      const matches = parseSearch(query.q, query.parser, ['name', 'display_name'])
      const found = index.view(tenant.directory.organizations).filter(matches)
      return checkpointPage(found.map(publicOrganization), query, 'organizations')
    },
  }),
  operation({
    on: 'GET /organizations/name/:name',
    scopes: read,
    handle({ tenant, param }) {
      const named = tenant.directory.organizations.named(param('name').toLowerCase())
      return publicOrganization(findOrganization(tenant, named?.id ?? ''))
    },
  }),
  operation({
    on: 'GET /organizations/:id',
    scopes: read,
    handle: ({ tenant, param }) => publicOrganization(findOrganization(tenant, param('id'))),
  }),
  operation({
    on: 'POST /organizations',
    scopes: ['create:organizations'],
    body: create,
    handle({ tenant, index, body }) {
      const { organizations } = tenant.directory
      checkName(tenant, body.name)
      for (const { connection_id } of body.enabled_connections ?? []) findConnection(tenant, connection_id)
      const organization = {
        id: newId('org_'),
        display_name: body.name,
        ...merge({}, body),
        enabled_connections: body.enabled_connections ?? [],
      } as Organization
      index.changing(organizations, organization.id)
      organizations.set(organization.id, organization)
      const { enabled_connections = [] } = organization
      return {
        ...publicOrganization(organization),
        ...(enabled_connections.length > 0 && {
          enabled_connections: enabled_connections.map((each) => toEnabledConnection(tenant, each)),
        }),
      }
    },
  }),
  operation({
    on: 'PATCH /organizations/:id',
    scopes: ['update:organizations'],
    body: update.partial(),
    handle({ tenant, index, param, body }) {
      const organization = findOrganization(tenant, param('id'))
      if (body.name !== undefined && body.name !== organization.name) checkName(tenant, body.name)
      index.changing(tenant.directory.organizations, organization.id)
      tenant.directory.organizations.set(organization.id, merge(organization, body, ['metadata', 'branding']))
      return publicOrganization(organization)
    },
  }),
  operation({
    on: 'DELETE /organizations/:id',
    scopes: ['delete:organizations'],
    handle({ tenant, index, param }) {
      const { id } = findOrganization(tenant, param('id'))
      index.changing(tenant.directory.organizations, id)
      tenant.directory.organizations.delete(id)
    },
  }),
]

function checkName({ directory }: Tenant, name: string): void {
  if (directory.organizations.named(name))
    throw conflict('An organization with this name already exists.', 'organization_conflict')
}

/** `name:1` or `display_name:-1`. */
function sorted(organizations: Organization[], sort = ''): Organization[] {
  const [, field, direction] = /^(name|display_name|created_at):(-?1)$/.exec(sort) ?? []
  if (!field) return organizations
  const order = Number(direction)
  return organizations.toSorted(
    (a, b) => order * String(a[field] ?? '').localeCompare(String(b[field] ?? '')),
  )
}
