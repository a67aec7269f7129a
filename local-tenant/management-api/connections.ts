import { z } from 'zod'
import { newId } from '../tenant/directory.ts'
import type { Connection } from '../tenant/seeds/schema.ts'
import { isDatabase } from '../tenant/connections.ts'
import { usersOf } from '../tenant/users.ts'
import { fields } from './body.ts'
import { conflict, ManagementApiError } from './errors.ts'
import { findClient, findConnection } from './find.ts'
import { merge } from './merge.ts'
import { operation, type Operation } from './operation.ts'
import { checkpointPage, eitherPage, selectFields, totals } from './paging.ts'
import { deleteUser } from './delete-user.ts'

const update = fields(
  {
    display_name: z.string().max(128).optional(),
    options: z.record(z.string(), z.unknown()).nullish(),
    enabled_clients: z.array(z.string()).nullish(),
    is_domain_connection: z.boolean().optional(),
    show_as_button: z.boolean().optional(),
    realms: z.array(z.string()).optional(),
    metadata: z.record(z.string(), z.string().nullable()).optional(),
  },
  'authentication connected_accounts cross_app_access_requesting_app cross_app_access_resource_app',
)
const create = update.extend({
  name: z.string().regex(/^[a-zA-Z0-9](-?[a-zA-Z0-9])*$/, {
    error: ({ input }) =>
      `String does not match pattern ^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$: ${String(input)}`,
  }),
  strategy: z.string(),
})
const enabled = z
  .array(fields({ client_id: z.string(), status: z.boolean() }))
  .min(1)
  .max(50)

export const connectionOperations: Operation[] = [
  operation({
    on: 'GET /connections',
    scopes: ['read:connections'],
    query: totals,
    handle({ tenant, query, queries }) {
      const strategies = queries('strategy')
      const found = [...tenant.directory.connections.values()].filter(
        ({ strategy, name }) =>
          (!strategies || strategies.includes(strategy)) && (query.name === undefined || query.name === name),
      )
      return eitherPage(selectFields(found, query), query, 'connections')
    },
  }),
  operation({
    on: 'GET /connections/:id',
    scopes: ['read:connections'],
    handle: ({ tenant, param, query }) => selectFields([findConnection(tenant, param('id'))], query)[0],
  }),
  operation({
    on: 'POST /connections',
    scopes: ['create:connections'],
    body: create,
    handle({ tenant, body }) {
      const { connections } = tenant.directory
      if (connections.named(body.name))
        throw conflict('A connection with the same name already exists', 'connection_conflict')
      for (const id of body.enabled_clients ?? []) findClient(tenant, id)
      const connection = {
        id: newId('con_'),
        options: {},
        enabled_clients: [],
        is_domain_connection: false,
        realms: [body.name],
        ...merge({}, body, ['options']),
      } as unknown as Connection
      connections.set(connection.id, connection)
      return connection
    },
  }),
  operation({
    on: 'PATCH /connections/:id',
    scopes: ['update:connections'],
    body: update,
    handle({ tenant, param, body }) {
      const connection = findConnection(tenant, param('id'))
      for (const id of body.enabled_clients ?? []) findClient(tenant, id)
      // Documented: `options` replaces all options that were.
      return merge(connection, body, ['options'])
    },
  }),
  operation({
    on: 'DELETE /connections/:id',
    scopes: ['delete:connections'],
    status: 202,
    handle(request) {
      const { tenant, param } = request
      const { connections, organizations } = tenant.directory
      const connection = connections.get(param('id'))
      if (connection) {
        for (const user of usersOf(tenant.directory, connection)) deleteUser(request, user)
        connections.delete(connection.id)
        for (const organization of organizations.values())
          if (organization.enabled_connections)
            organization.enabled_connections = organization.enabled_connections.filter(
              ({ connection_id }) => connection_id !== connection.id,
            )
      }
      return { deleted_at: tenant.clock.iso() }
    },
  }),
  operation({
    on: 'GET /connections/:id/clients',
    scopes: ['read:connections'],
    handle({ tenant, param, query }) {
      const { enabled_clients } = findConnection(tenant, param('id'))
      const ids = enabled_clients ?? [...tenant.directory.clients.keys()]
      return checkpointPage(
        ids.map((client_id) => ({ client_id })),
        query,
        'clients',
      )
    },
  }),
  operation({
    on: 'PATCH /connections/:id/clients',
    scopes: ['update:connections'],
    body: enabled,
    handle({ tenant, param, body }) {
      const connection = findConnection(tenant, param('id'))
      const ids = new Set(connection.enabled_clients ?? tenant.directory.clients.keys())
      for (const { client_id, status } of body) {
        findClient(tenant, client_id)
        if (status) ids.add(client_id)
        else ids.delete(client_id)
      }
      connection.enabled_clients = [...ids]
    },
  }),
  operation({
    on: 'GET /connections/:id/status',
    scopes: ['read:connections'],
    handle({ tenant, param }) {
      const { strategy } = findConnection(tenant, param('id'))
      if (strategy === 'ad') return {}
      throw new ManagementApiError(
        400,
        'The connection is not an AD/LDAP connection',
        'connection_not_supported',
      )
    },
  }),
  operation({
    on: 'DELETE /connections/:id/users',
    scopes: ['delete:users'],
    handle(request) {
      const { tenant, param, query } = request
      const connection = findConnection(tenant, param('id'))
      if (!isDatabase(connection))
        throw new ManagementApiError(400, 'The connection is not a database connection', 'invalid_connection')
      const user = usersOf(tenant.directory, connection).find(({ email }) => email === query.email)
      if (user) deleteUser(request, user)
    },
  }),
]
