import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { auth0GrantTypes } from '../oidc/grant-types.ts'
import { clientSchema, type Client } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { fields, urls } from './body.ts'
import { invalidBody } from './errors.ts'
import { findClient } from './find.ts'
import { merge } from './merge.ts'
import { omit } from './omit.ts'
import { operation, type Operation } from './operation.ts'
import { checkpointPage, offsetPage, selectFields, type Query } from './paging.ts'
import { parseSearch } from './search-expression.ts'

const secretScopes = ['read:client_keys', 'read:client_credentials']
const unsearchable = ['client_secret', 'signing_keys', 'encryption_key', 'addons']
const { shape } = clientSchema
const clientFields = fields(
  {
    name: z.string().min(1),
    description: z.string().max(140).optional(),
    app_type: shape.app_type,
    callbacks: urls('callback-url').optional(),
    allowed_logout_urls: urls('url').optional(),
    web_origins: urls('url').optional(),
    allowed_origins: urls('url').optional(),
    grant_types: z
      .array(
        z.string().refine((type) => auth0GrantTypes.includes(type), {
          error: ({ input }) => `No enum match for: ${String(input)}`,
        }),
      )
      .optional(),
    token_endpoint_auth_method: z.enum(['none', 'client_secret_post', 'client_secret_basic']).optional(),
    jwt_configuration: shape.jwt_configuration,
    refresh_token: shape.refresh_token.nullable(),
    oidc_conformant: z.boolean().optional(),
    is_first_party: z.boolean().optional(),
    organization_usage: shape.organization_usage,
    organization_require_behavior: shape.organization_require_behavior,
    cross_origin_authentication: z.boolean().optional(),
    oidc_logout: shape.oidc_logout,
    token_exchange: shape.token_exchange,
    skip_non_verifiable_callback_uri_confirmation_prompt: z.boolean().optional(),
    client_metadata: z.record(z.string().max(255), z.string().max(255).nullable()).optional(),
  },
  'logo_uri oidc_backchannel_logout session_transfer client_aliases allowed_clients ' +
    'is_token_endpoint_ip_header_trusted encryption_key sso cross_origin_loc cross_origin_auth sso_disabled ' +
    'custom_login_page_on custom_login_page custom_login_page_preview form_template addons mobile ' +
    'initiate_login_uri native_social_login fedcm_login default_organization organization_discovery_methods ' +
    'client_authentication_methods require_pushed_authorization_requests require_proof_of_possession ' +
    'signed_request_object token_vault_privileged_access compliance_level par_request_expiry ' +
    'token_quota resource_server_identifier identity_assertion_authorization_grant anonymous_sessions ' +
    'third_party_security_mode redirection_policy express_configuration b2b_integration_configuration ' +
    'async_approval_notification_channels my_organization_configuration',
)

/** In a patch `null` deletes a field, but for those that every application has. */
const kept = ['name', 'callbacks', 'grant_types', 'app_type', 'is_first_party', 'oidc_conformant']
const patchFields = z.preprocess(
  (body) => body,
  clientFields.partial().extend({
    client_secret: z.string().optional(),
    ...Object.fromEntries(
      Object.entries(clientFields.shape)
        .filter(([name]) => !kept.includes(name))
        .map(([name, schema]) => [name, (schema as z.ZodType).nullish()]),
    ),
  }),
)

export const clientOperations: Operation[] = [
  operation({
    on: 'GET /clients',
    scopes: ['read:clients', ...secretScopes],
    handle({ tenant, query, scopes }) {
      const all = [globalClient(tenant), ...tenant.directory.clients.values()]
      const found = all.filter((client) => matches(client, query))
      const shown = found.map((client) => ({
        tenant: tenantName(tenant),
        global: false,
        ...visible(client, scopes),
      }))
      // Recorded: `tenant` comes although `fields` does not name it.
      return offsetPage(selectFields(shown, query, ['tenant']), query, 'clients')
    },
  }),
  operation({
    on: 'GET /clients/search',
    scopes: ['read:clients', 'read:client_summary'],
    query: ['q', 'parser', 'take', 'from', 'fields', 'include_fields'],
    handle({ tenant, index, query }) {
      const found = index.view(tenant.directory.clients).filter(parseSearch(query.q, query.parser))
      const shown = found.map((client) => omit(client, ...unsearchable))
      return checkpointPage(selectFields(shown, query), query, 'clients')
    },
  }),
  operation({
    on: 'GET /clients/:id',
    scopes: ['read:clients', ...secretScopes],
    handle({ tenant, param, query, scopes }) {
      return selectFields([visible(findClient(tenant, param('id')), scopes)], query)[0]
    },
  }),
  operation({
    on: 'POST /clients',
    scopes: ['create:clients'],
    body: clientFields,
    handle({ tenant, index, body }) {
      const client = { ...defaultsOf(body as Client), ...body, client_id: newClientId() } as Client
      index.changing(tenant.directory.clients, client.client_id)
      tenant.directory.clients.set(client.client_id, client)
      return client
    },
  }),
  operation({
    on: 'PATCH /clients/:id',
    scopes: ['update:clients', 'update:client_keys', 'update:client_credentials'],
    body: patchFields as z.ZodType<Partial<Client>>,
    handle({ tenant, index, param, body, scopes }) {
      const client = findClient(tenant, param('id'))
      index.changing(tenant.directory.clients, client.client_id)
      const changed = merge({ ...client }, body)
      if (Object.keys(changed.client_metadata ?? {}).length > 10)
        throw invalidBody('Too many properties defined (11), maximum 10', 'client_metadata')
      tenant.directory.clients.set(client.client_id, replace(client, changed))
      return visible(client, scopes)
    },
  }),
  operation({
    on: 'DELETE /clients/:id',
    scopes: ['delete:clients'],
    handle({ tenant, index, param }) {
      const { clients, connections, clientGrants } = tenant.directory
      const id = param('id')
      index.changing(clients, id)
      clients.delete(id)
      for (const connection of connections.values())
        if (connection.enabled_clients)
          connection.enabled_clients = connection.enabled_clients.filter((other) => other !== id)
      for (const [grantId, grant] of clientGrants) if (grant.client_id === id) clientGrants.delete(grantId)
    },
  }),
  operation({
    on: 'POST /clients/:id/rotate-secret',
    scopes: ['update:client_keys', 'update:client_credentials'],
    status: 200,
    handle({ tenant, param }) {
      const client = findClient(tenant, param('id'))
      client.client_secret = newSecret()
      return client
    },
  }),
  operation({
    on: 'GET /clients/:id/connections',
    scopes: ['read:connections'],
    handle({ tenant, param, query, queries }) {
      const { client_id } = findClient(tenant, param('id'))
      const strategies = queries('strategy')
      const found = [...tenant.directory.connections.values()].filter(
        ({ enabled_clients, strategy }) =>
          (!enabled_clients || enabled_clients.includes(client_id)) &&
          (!strategies || strategies.includes(strategy)),
      )
      return checkpointPage(selectFields(found, query), query, 'connections')
    },
  }),
]

/** Every tenant's list has it; it cannot be logged in to. */
function globalClient(tenant: Tenant): Client & { global: boolean } {
  const client_id = createHash('sha256').update(tenant.domain).digest('base64url').slice(0, 32)
  return { client_id, name: 'All Applications', global: true, is_first_party: true, callbacks: [] }
}

function matches(client: Client & { global?: unknown }, query: Query): boolean {
  const { app_type, is_first_party, is_global, external_client_id, q } = query
  if (external_client_id !== undefined && client.external_client_id !== external_client_id) return false
  if (app_type && !app_type.split(',').includes(client.app_type ?? '')) return false
  if (is_global !== undefined && String(client.global === true) !== is_global) return false
  if (is_first_party !== undefined && String(client.is_first_party ?? true) !== is_first_party) return false
  return !q || parseSearch(q)(client)
}

function visible(client: Client, scopes: string[]): Partial<Client> {
  return secretScopes.some((scope) => scopes.includes(scope)) ? client : omit(client, 'client_secret')
}

/** What Auth0 adds to an application that is created without. */
function defaultsOf({
  app_type,
  token_endpoint_auth_method,
  oidc_conformant = false,
}: Client): Partial<Client> {
  const isPublic = token_endpoint_auth_method === 'none' || app_type === 'spa' || app_type === 'native'
  return {
    is_first_party: true,
    is_token_endpoint_ip_header_trusted: false,
    oidc_conformant,
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    jwt_configuration: { lifetime_in_seconds: 36_000, secret_encoded: false, alg: 'RS256' },
    client_secret: newSecret(),
    token_endpoint_auth_method: token_endpoint_auth_method ?? (isPublic ? 'none' : 'client_secret_post'),
    grant_types:
      app_type === 'non_interactive'
        ? ['client_credentials']
        : ['authorization_code', 'implicit', 'refresh_token', ...(isPublic ? [] : ['client_credentials'])],
    refresh_token: {
      rotation_type: 'non-rotating',
      expiration_type: 'non-expiring',
      leeway: 0,
      token_lifetime: 2_592_000,
      idle_token_lifetime: 1_296_000,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
    },
  }
}

/** Keeps the object, which others may hold, and gives it the other's fields. */
export function replace<T extends object>(target: T, source: T): T {
  for (const name of Object.keys(target)) if (!(name in source)) Reflect.deleteProperty(target, name)
  return Object.assign(target, source)
}

function tenantName({ domain }: Tenant): string {
  return domain.replace(/[.:].*$/, '')
}

function newClientId(): string {
  return randomBytes(24).toString('base64url').replace(/[-_]/g, 'x')
}

function newSecret(): string {
  return randomBytes(48).toString('base64url')
}
