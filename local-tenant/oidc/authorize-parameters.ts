import type { KoaContextWithOIDC } from 'oidc-provider'
import { oidcProvider } from './library.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { connectionsFor } from '../tenant/connections.ts'
import { findOrganization, openInvitation } from '../tenant/organizations.ts'
import { organizationPrompt } from '../login/requested-organization.ts'
import { findApi, myAccountScopes } from '../tenant/apis.ts'

type Validator = (ctx: KoaContextWithOIDC, value: string | undefined) => void

/** Auth0's own `/authorize` parameters. What a validator throws goes back to the application's callback. */
export function authorizeParameters(tenant: Tenant): Record<string, Validator | null> {
  const { directory } = tenant
  return {
    requested_scope: null,
    organization_name: null,
    screen_hint: null,
    audience(ctx, value) {
      const api = findApi(directory, value)
      if (myAccountScopes(directory, ctx.oidc.client?.clientId ?? '', api)?.length === 0) {
        const text = `Client is not authorized to access "${value}".`
        throw new oidcProvider.errors.CustomOIDCProviderError('access_denied', text)
      }
      if (value && !api) {
        throw new oidcProvider.errors.CustomOIDCProviderError('access_denied', `Service not found: ${value}`)
      }
    },
    connection(ctx, value) {
      const enabled = connectionsFor(directory, ctx.oidc.client?.clientId ?? '')
      if (value && !enabled.some(({ name }) => name === value)) {
        throw new oidcProvider.errors.InvalidRequest('the connection was not found')
      }
    },
    organization(ctx, value) {
      const client = directory.clients.get(ctx.oidc.client?.clientId ?? '')
      if (!value) {
        const required = client?.organization_usage === 'require' && !organizationPrompt(client)
        if (required)
          throw new oidcProvider.errors.InvalidRequest('parameter organization is required for this client')
        return
      }
      if (!client?.organization_usage || client.organization_usage === 'deny') {
        throw new oidcProvider.errors.InvalidRequest('parameter organization is not allowed for this client')
      }
      const organization = findOrganization(directory, value)
      if (!organization) throw new oidcProvider.errors.InvalidRequest(`organization ${value} does not exist`)
      if (ctx.oidc.params) ctx.oidc.params.organization = organization.id
    },
    invitation(ctx, value) {
      const organization = directory.organizations.get(String(ctx.oidc.params?.organization ?? ''))
      if (value && !openInvitation(tenant, organization, value)) {
        throw new oidcProvider.errors.InvalidRequest('invitation not found or already used')
      }
    },
  }
}
