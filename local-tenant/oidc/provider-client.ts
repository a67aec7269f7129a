import type { AdapterPayload } from 'oidc-provider'
import { TOKEN_EXCHANGE } from './grant-types.ts'
import type { Client } from '../tenant/seeds/schema.ts'

/** What oidc-provider does itself, and the grant of machines. */
export const CORE_GRANTS = ['authorization_code', 'refresh_token', 'client_credentials']

/** Auth0 gives an application without `grant_types` the ones that fit its type. */
export function grantTypesOf(client: Client): string[] {
  if (client.grant_types) return client.grant_types
  return client.app_type === 'non_interactive'
    ? ['client_credentials']
    : ['authorization_code', 'refresh_token']
}

/** Whether the application may exchange tokens: a setting of its own, not a grant type. */
function exchangesTokens({ token_exchange }: Client): boolean {
  return token_exchange?.allow_any_profile_of_type?.includes('custom_authentication') ?? false
}

export function authMethodOf(client: Client): NonNullable<Client['token_endpoint_auth_method']> {
  const fallback = client.app_type === 'spa' || client.app_type === 'native' ? 'none' : 'client_secret_post'
  return client.token_endpoint_auth_method ?? fallback
}

/**
 * An application in oidc-provider's words. Its callback list is checked by `callback-urls.ts`, as
 * Auth0's rules differ, so the one given here only satisfies the schema. `direct` names the grants of `/oauth/token`
 * that oidc-provider does not know by itself.
 */
export function toProviderClient(client: Client, direct: string[]): AdapterPayload {
  const own = grantTypesOf(client).filter((grant) => grant !== TOKEN_EXCHANGE)
  const listed = exchangesTokens(client) ? [...own, TOKEN_EXCHANGE] : own
  const grantTypes = listed.filter((grant) => CORE_GRANTS.includes(grant) || direct.includes(grant))
  const redirects = grantTypes.includes('authorization_code')
  const givesUsers = redirects || grantTypes.some((grant) => direct.includes(grant))
  return {
    client_id: client.client_id,
    ...(authMethodOf(client) === 'none' ? {} : { client_secret: client.client_secret ?? '' }),
    token_endpoint_auth_method: authMethodOf(client),
    grant_types: givesUsers ? grantTypes : grantTypes.filter((grant) => grant !== 'refresh_token'),
    response_types: redirects ? ['code'] : [],
    redirect_uris: redirects ? ['https://checked-elsewhere.invalid/'] : [],
  }
}
