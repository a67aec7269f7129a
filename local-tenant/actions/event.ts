import type { PostLoginEvent } from '../seeds/actions.ts'
import type { User } from '../seeds/schema.ts'
import type { GrantContext, Tenant } from '../state/tenant.ts'
import { rolesOf } from '../tokens/scopes.ts'

/** What the Auth0 Actions are told about an authorization, at login (`protocol` code) or at a refresh. */
export function postLoginEvent(
  tenant: Tenant,
  user: User,
  grant: GrantContext,
  protocol: string,
): PostLoginEvent {
  const { directory } = tenant
  const client = directory.clients.get(grant.clientId)
  const organization = directory.organizations.get(grant.organizationId ?? '')
  const connection = [...directory.connections.values()].find(({ name }) => name === grant.connection)
  const profile = { ...user }
  delete profile.password
  delete profile.otp_secret
  return {
    user: profile,
    client: { client_id: grant.clientId, name: client?.name ?? '', metadata: client?.client_metadata ?? {} },
    ...(organization && {
      organization: { id: organization.id, name: organization.name, display_name: organization.display_name },
    }),
    connection: { name: grant.connection, strategy: connection?.strategy ?? 'auth0' },
    authorization: { roles: rolesOf(directory, user, grant.organizationId).map((role) => role.name) },
    authentication: { methods: grant.amr.map((name) => ({ name })) },
    transaction: {
      protocol,
      acr_values: grant.acrValues,
      requested_scopes: grant.requestedScopes,
      ui_locales: grant.uiLocales,
    },
    ...(grant.audience && { resource_server: { identifier: grant.audience } }),
  }
}
