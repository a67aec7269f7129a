import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { ResourceServer } from '../tenant/seeds/schema.ts'
import { fields } from './body.ts'
import { conflict, ManagementApiError } from './errors.ts'
import { findResourceServer } from './find.ts'
import { merge } from './merge.ts'
import { omit } from './omit.ts'
import { operation, type Operation } from './operation.ts'
import { checkpointPage, offsetPage, selectFields } from './paging.ts'
import { parseSearch } from './search-expression.ts'

const shape = {
  name: z.string().max(200).optional(),
  scopes: z
    .array(z.looseObject({ value: z.string().max(280), description: z.string().max(500).optional() }))
    .max(1_000)
    .optional(),
  signing_alg: z.enum(['HS256', 'RS256', 'RS512', 'PS256']).optional(),
  signing_secret: z.string().min(16).optional(),
  allow_offline_access: z.boolean().optional(),
  enforce_policies: z.boolean().optional(),
  token_dialect: z
    .enum(['access_token', 'access_token_authz', 'rfc9068_profile', 'rfc9068_profile_authz'])
    .optional(),
  token_lifetime: z.number().int().max(2_592_000).optional(),
  skip_consent_for_verifiable_first_party_clients: z.boolean().optional(),
}
const keptNames =
  'allow_online_access allow_online_access_with_ephemeral_sessions token_lifetime_for_web authorization_policy ' +
  'token_lifetime_for_anonymous_access_tokens token_encryption consent_policy authorization_details ' +
  'proof_of_possession subject_type_authorization verificationLocation options'
const update = fields(shape, keptNames)
const create = update.extend({ identifier: z.string().min(1).max(600) })
const read = ['read:resource_servers']

export const resourceServerOperations: Operation[] = [
  operation({
    on: 'GET /resource-servers',
    scopes: read,
    handle({ tenant, query, queries }) {
      const identifiers = queries('identifiers')
      const found = [...tenant.directory.resourceServers.values()].filter(
        ({ identifier }) => !identifiers || identifiers.includes(identifier),
      )
      return offsetPage(selectFields(found.map(visible), query), query, 'resource_servers')
    },
  }),
  operation({
    on: 'GET /resource-servers/search',
    scopes: read,
    query: ['q', 'parser', 'take', 'from', 'fields', 'include_fields'],
    handle({ tenant, index, query }) {
      const matches = parseSearch(query.q, query.parser, ['name', 'identifier'])
      const found = index.view(tenant.directory.resourceServers).filter(matches)
      return checkpointPage(selectFields(found.map(visible), query), query, 'resource_servers')
    },
  }),
  operation({
    on: 'GET /resource-servers/:id',
    scopes: read,
    handle: ({ tenant, param }) => visible(findResourceServer(tenant, param('id'))),
  }),
  operation({
    on: 'POST /resource-servers',
    scopes: ['create:resource_servers'],
    body: create,
    handle({ tenant, index, body }) {
      const { resourceServers } = tenant.directory
      if ([...resourceServers.values()].some(({ identifier }) => identifier === body.identifier))
        throw conflict(
          `A resource server with the same identifier (${body.identifier}) already exists.`,
          'resource_server_conflict',
        )
      const server = {
        id: randomBytes(12).toString('hex'),
        name: body.identifier,
        scopes: [],
        signing_alg: 'RS256',
        allow_offline_access: false,
        token_lifetime: 86_400,
        token_lifetime_for_web: 7_200,
        skip_consent_for_verifiable_first_party_clients: false,
        ...(body.signing_alg === 'HS256' && { signing_secret: randomBytes(24).toString('base64url') }),
        ...merge({}, body),
      } as unknown as ResourceServer
      index.changing(resourceServers, server.id)
      resourceServers.set(server.id, server)
      return server
    },
  }),
  operation({
    on: 'PATCH /resource-servers/:id',
    scopes: ['update:resource_servers'],
    body: update,
    handle({ tenant, index, param, body }) {
      const server = findResourceServer(tenant, param('id'))
      index.changing(tenant.directory.resourceServers, server.id)
      return visible(merge(server, body))
    },
  }),
  operation({
    on: 'DELETE /resource-servers/:id',
    scopes: ['delete:resource_servers'],
    handle({ tenant, index, param }) {
      const { resourceServers, clientGrants, roles, users } = tenant.directory
      const id = param('id')
      const server = resourceServers.get(id) ?? resourceServers.named(id)
      if (!server) return
      if (server.is_system)
        throw new ManagementApiError(400, 'Cannot delete system resource server', 'operation_not_supported')
      index.changing(resourceServers, server.id)
      resourceServers.delete(server.id)
      const others = (each: { resource_server_identifier: string }) =>
        each.resource_server_identifier !== server.identifier
      for (const [grantId, { audience }] of clientGrants)
        if (audience === server.identifier) clientGrants.delete(grantId)
      for (const role of roles.values())
        if (role.permissions) role.permissions = role.permissions.filter(others)
      for (const user of users.values())
        if (user.permissions) user.permissions = user.permissions.filter(others)
    },
  }),
]

function visible(server: ResourceServer): Partial<ResourceServer> {
  return omit(server, 'signing_secret')
}
