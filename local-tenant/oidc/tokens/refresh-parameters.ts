import { oidcProvider } from '../library.ts'
import type { TokenFields } from '../token-request.ts'
import type { GrantContext, Tenant } from '../../tenant/tenant.ts'

/**
 * The grant narrowed to what one refresh asks for: fewer scopes, or another API where the application's refresh
 * token policies name it (multi-resource refresh tokens).
 *
 * @throws `access_denied` for an API that no policy names
 */
export function applyRefreshParameters(
  tenant: Tenant,
  grant: GrantContext,
  { audience, scope }: TokenFields,
): GrantContext {
  const wanted = scope?.split(' ').filter(Boolean)
  if (!audience || audience === grant.audience) {
    return { ...grant, requestedScopes: narrow(grant.requestedScopes, wanted) }
  }
  const policies = tenant.directory.clients.get(grant.clientId)?.refresh_token?.policies ?? []
  const policy = policies.find((candidate) => candidate.audience === audience)
  if (!policy) {
    throw new oidcProvider.errors.CustomOIDCProviderError(
      'access_denied',
      `Client is not authorized to access "${audience}".`,
    )
  }
  const openId = ['openid', 'profile', 'email', 'offline_access']
  const available = [...grant.requestedScopes.filter((scope) => openId.includes(scope)), ...policy.scope]
  return { ...grant, audience, requestedScopes: narrow(available, wanted) }
}

function narrow(available: string[], wanted: string[] | undefined): string[] {
  return wanted ? available.filter((scope) => wanted.includes(scope)) : available
}
