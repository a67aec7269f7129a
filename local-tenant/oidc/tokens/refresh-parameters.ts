import { oidcProvider } from '../library.ts'
import type { TokenFields } from '../token-request.ts'
import { findApi } from '../../tenant/apis.ts'
import type { Directory } from '../../tenant/directory.ts'
import type { ResourceServer } from '../../tenant/seeds/schema.ts'
import type { GrantContext, Tenant } from '../../tenant/tenant.ts'

const OFFLINE = ['openid', 'profile', 'email', 'offline_access']

/**
 * The grant as one refresh asks for it: fewer scopes, or another API that the application's refresh token policies
 * name (multi-resource refresh tokens). Scopes of the login and of the policy count together.
 *
 * @throws `access_denied` for an API that no policy names
 * @see https://auth0.com/docs/secure/tokens/refresh-tokens/multi-resource-refresh-token
 */
export function applyRefreshParameters(
  tenant: Tenant,
  grant: GrantContext,
  { audience, scope }: TokenFields,
): GrantContext {
  const { directory } = tenant
  const wanted = scope?.trim() ? scope.split(' ').filter(Boolean) : undefined
  const api = findApi(directory, audience || grant.audience)
  const policy = policyFor(directory, grant.clientId, api)
  if (!audience || (api && api === findApi(directory, grant.audience))) {
    const available = [...new Set([...grant.requestedScopes, ...(policy ?? [])])]
    // Without a word about scopes a refresh answers what the login did.
    return { ...grant, requestedScopes: wanted ? narrow(available, wanted) : grant.requestedScopes }
  }
  if (!api || !policy) {
    const text = `Client is not authorized to access "${audience}".`
    throw new oidcProvider.errors.CustomOIDCProviderError('access_denied', text)
  }
  const available = [...grant.requestedScopes.filter((each) => OFFLINE.includes(each)), ...policy]
  return { ...grant, audience: api.identifier, requestedScopes: narrow(available, wanted) }
}

/** What the application's policies open at an API: for first-party applications, consent not needed, not Management. */
function policyFor(directory: Directory, clientId: string, api: ResourceServer | undefined) {
  const { is_first_party, refresh_token } = directory.clients.get(clientId) ?? {}
  const asks = api?.skip_consent_for_verifiable_first_party_clients === false
  if (!api || is_first_party === false || asks || api.id === 'management') return undefined
  return refresh_token?.policies?.find((each) => findApi(directory, each.audience)?.id === api.id)?.scope
}

function narrow(available: string[], wanted: string[] | undefined): string[] {
  return wanted ? available.filter((scope) => wanted.includes(scope)) : available
}
