import { z } from 'zod'
import { findApi } from '../tenant/apis.ts'
import { newId } from '../tenant/directory.ts'
import type { ClientGrant } from '../tenant/seeds/schema.ts'
import { fields } from './body.ts'
import { conflict, ManagementApiError, notFound } from './errors.ts'
import { findClient, findGrant } from './find.ts'
import { merge } from './merge.ts'
import { operation, type Operation } from './operation.ts'
import { eitherPage, totals } from './paging.ts'
import { publicOrganization } from './shapes.ts'

const shape = {
  scope: z.array(z.string()).nullish(),
  organization_usage: z.enum(['deny', 'allow', 'require']).nullish(),
  allow_any_organization: z.boolean().nullish(),
  allow_all_scopes: z.boolean().nullish(),
}
const update = fields(shape, 'authorization_details_types')
const create = update.extend({
  client_id: z.string(),
  audience: z.string().min(1),
  subject_type: z.enum(['client', 'user']).optional(),
})

export const clientGrantOperations: Operation[] = [
  operation({
    on: 'GET /client-grants',
    scopes: ['read:client_grants'],
    query: totals,
    handle({ tenant, query: { client_id, audience, subject_type, allow_any_organization, ...query } }) {
      const found = [...tenant.directory.clientGrants.values()].filter(
        (grant) =>
          (!client_id || grant.client_id === client_id) &&
          (!audience || grant.audience === audience) &&
          (!subject_type || (grant.subject_type ?? 'client') === subject_type) &&
          (!allow_any_organization ||
            String(grant.allow_any_organization ?? false) === allow_any_organization),
      )
      return eitherPage(found, query, 'client_grants')
    },
  }),
  operation({
    on: 'GET /client-grants/:id',
    scopes: ['read:client_grants'],
    handle: ({ tenant, param }) => findGrant(tenant, param('id')),
  }),
  operation({
    on: 'POST /client-grants',
    scopes: ['create:client_grants'],
    body: create,
    handle({ tenant, body }) {
      const { clientGrants } = tenant.directory
      findClient(tenant, body.client_id)
      const server = findApi(tenant.directory, body.audience)
      if (!server) throw notFound(`Service not found: ${body.audience}`, 'inexistent_resource_server')
      const scope = body.scope ?? []
      checkScopes(server, scope)
      const same = [...clientGrants.values()].some(
        (grant) =>
          grant.client_id === body.client_id &&
          grant.audience === body.audience &&
          (grant.subject_type ?? 'client') === (body.subject_type ?? 'client'),
      )
      if (same) throw conflict('A resource with the same values already exists for this tenant.', 'conflict')
      const grant = { id: newId('cgr_'), ...body, scope, subject_type: body.subject_type ?? 'client' }
      clientGrants.set(grant.id, merge({}, grant) as typeof grant & ClientGrant)
      return clientGrants.get(grant.id)
    },
  }),
  operation({
    on: 'PATCH /client-grants/:id',
    scopes: ['update:client_grants'],
    body: update,
    handle({ tenant, param, body }) {
      const grant = findGrant(tenant, param('id'))
      const server = findApi(tenant.directory, grant.audience)
      if (server) checkScopes(server, body.scope ?? [])
      return merge(grant, { ...body, ...(body.scope === null && { scope: [] }) })
    },
  }),
  operation({
    on: 'DELETE /client-grants/:id',
    scopes: ['delete:client_grants'],
    handle({ tenant, param }) {
      const id = param('id')
      tenant.directory.clientGrants.delete(id)
      for (const organization of tenant.directory.organizations.values())
        if (organization.client_grants)
          organization.client_grants = organization.client_grants.filter((grant) => grant !== id)
    },
  }),
  operation({
    on: 'GET /client-grants/:id/organizations',
    scopes: ['read:organization_client_grants'],
    query: totals,
    handle({ tenant, param, query }) {
      const { id } = findGrant(tenant, param('id'))
      const found = [...tenant.directory.organizations.values()].filter(({ client_grants }) =>
        client_grants?.includes(id),
      )
      return eitherPage(found.map(publicOrganization), query, 'organizations')
    },
  }),
]

/** The Management API's own scopes are not listed one by one: any is taken there. */
function checkScopes(
  server: { is_system?: boolean | undefined; identifier: string; scopes?: { value: string }[] | undefined },
  scope: string[],
): void {
  if (server.is_system) return
  const unknown = scope.filter((value) => !server.scopes?.some((known) => known.value === value))
  if (unknown.length === 0) return
  const message = `The following scopes are not defined in the '${server.identifier}' resource server: ${unknown.join(', ')}`
  throw new ManagementApiError(400, message, 'invalid_body')
}
