import { z } from 'zod'
import type { Tenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { conflict, ManagementApiError, notFound } from './errors.ts'
import { findConnection, findGrant, findOrganization } from './find.ts'
import { merge } from './merge.ts'
import { operation, type Operation } from './operation.ts'
import { checkpoints, eitherPage, totals } from './paging.ts'

const settings = fields({
  assign_membership_on_login: z.boolean().optional(),
  is_signup_enabled: z.boolean().optional(),
  show_as_button: z.boolean().optional(),
  is_enabled: z.boolean().optional(),
  organization_connection_name: z.string().optional(),
  organization_access_level: z.enum(['none', 'readonly', 'limited', 'full']).optional(),
})
export const enabledConnection = settings.extend({ connection_id: z.string() })
type Enabled = z.infer<typeof enabledConnection>

/** The older address, and the newer one, which also tells whether a connection is enabled. */
const enabledConnections = ['enabled_connections', 'connections'].flatMap((list): Operation[] => [
  operation({
    on: `GET /organizations/:id/${list}`,
    scopes: ['read:organization_connections'],
    query: [...totals, ...checkpoints],
    handle({ tenant, param, query: { is_enabled, ...query } }) {
      const enabled = enabledOf(tenant, param('id'))
        .filter((each) => is_enabled === undefined || String(each.is_enabled ?? true) === is_enabled)
        .map((each) => toEnabledConnection(tenant, each))
      return eitherPage(enabled, query, list)
    },
  }),
  operation({
    on: `GET /organizations/:id/${list}/:connection`,
    scopes: ['read:organization_connections'],
    handle: ({ tenant, param }) =>
      toEnabledConnection(tenant, findEnabled(tenant, param('id'), param('connection'))),
  }),
  operation({
    on: `POST /organizations/:id/${list}`,
    scopes: ['create:organization_connections'],
    body: enabledConnection,
    handle({ tenant, param, body }) {
      const organization = findOrganization(tenant, param('id'))
      findConnection(tenant, body.connection_id)
      const enabled = enabledOf(tenant, organization.id)
      if (enabled.some(({ connection_id }) => connection_id === body.connection_id))
        throw conflict(
          'The connection is already enabled for this organization.',
          'connection_already_enabled',
        )
      check(tenant, body)
      organization.enabled_connections = [...enabled, body]
      return toEnabledConnection(tenant, body)
    },
  }),
  operation({
    on: `PATCH /organizations/:id/${list}/:connection`,
    scopes: ['update:organization_connections'],
    body: settings,
    handle({ tenant, param, body }) {
      const enabled = findEnabled(tenant, param('id'), param('connection'))
      check(tenant, { ...enabled, ...body })
      return toEnabledConnection(tenant, merge(enabled, body))
    },
  }),
  operation({
    on: `DELETE /organizations/:id/${list}/:connection`,
    scopes: ['delete:organization_connections'],
    handle({ tenant, param }) {
      const organization = findOrganization(tenant, param('id'))
      organization.enabled_connections = enabledOf(tenant, organization.id).filter(
        ({ connection_id }) => connection_id !== param('connection'),
      )
    },
  }),
])

export const organizationConnectionOperations: Operation[] = [
  ...enabledConnections,
  operation({
    on: 'GET /organizations/:id/client-grants',
    scopes: ['read:organization_client_grants'],
    query: [...totals, ...checkpoints],
    handle({ tenant, param, query: { audience, client_id, ...query }, queries }) {
      const ids = queries('grant_ids')
      const { client_grants = [] } = findOrganization(tenant, param('id'))
      const grants = client_grants
        .map((id) => findGrant(tenant, id))
        .filter(
          (grant) =>
            (!audience || grant.audience === audience) &&
            (!client_id || grant.client_id === client_id) &&
            (!ids || ids.includes(grant.id)),
        )
      return eitherPage(grants, query, 'client_grants')
    },
  }),
  operation({
    on: 'POST /organizations/:id/client-grants',
    scopes: ['create:organization_client_grants'],
    body: fields({ grant_id: z.string() }),
    handle({ tenant, param, body }) {
      const organization = findOrganization(tenant, param('id'))
      const { id, ...grant } = findGrant(tenant, body.grant_id)
      if (!['allow', 'require'].includes(grant.organization_usage ?? 'deny'))
        throw new ManagementApiError(
          400,
          'The client grant does not allow organizations: its organization_usage is deny.',
          'invalid_body',
        )
      organization.client_grants = [...new Set([...(organization.client_grants ?? []), id])]
      return { grant_id: id, ...grant }
    },
  }),
  operation({
    on: 'DELETE /organizations/:id/client-grants/:grant',
    scopes: ['delete:organization_client_grants'],
    handle({ tenant, param }) {
      const organization = findOrganization(tenant, param('id'))
      organization.client_grants = organization.client_grants?.filter((id) => id !== param('grant'))
    },
  }),
]

export function toEnabledConnection({ directory }: Tenant, entry: Enabled) {
  const { name, strategy } = directory.connections.get(entry.connection_id) ?? {}
  return { assign_membership_on_login: false, ...entry, connection: { name, strategy } }
}

/** A seed without the list enables every connection. */
function enabledOf(tenant: Tenant, id: string): Enabled[] {
  return (findOrganization(tenant, id).enabled_connections ?? []) as Enabled[]
}

function findEnabled(tenant: Tenant, id: string, connection: string): Enabled {
  const found = enabledOf(tenant, id).find(({ connection_id }) => connection_id === connection)
  if (!found) throw notFound('No connection found by that id')
  return found
}

/** Recorded. */
function check(tenant: Tenant, entry: Enabled): void {
  const isDatabase = findConnection(tenant, entry.connection_id).strategy === 'auth0'
  if (entry.is_signup_enabled && !(isDatabase && entry.assign_membership_on_login))
    throw new ManagementApiError(
      400,
      'Only database connections with assign_membership_on_login = true support is_signup_enabled = true.',
      'invalid_body',
    )
}
