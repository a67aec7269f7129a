import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Tenant } from '../state/tenant.ts'
import { DEFAULT_ACCESS_TOKEN_LIFETIME, findResourceServer } from './scopes.ts'

export const clientCredentialsParameters = ['audience', 'scope', 'organization']

const refuse = (description: string) => new errors.CustomOIDCProviderError('access_denied', description)

/** The machine-to-machine grant: one client grant per API decides the scopes. */
export async function clientCredentials(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const { clientId } = ctx.oidc.client ?? { clientId: '' }
  const params = ctx.oidc.params as { audience?: string; scope?: string }
  const audience = params.audience || tenant.directory.settings.default_audience
  if (!audience) {
    throw refuse('No audience parameter was provided, and no default audience has been configured')
  }
  const server = findResourceServer(tenant.directory, canonicalAudience(tenant, audience))
  if (!server) throw refuse(`Service not found: ${audience}`)

  const grant = tenant.directory.clientGrants.find(
    (candidate) => candidate.client_id === clientId && candidate.audience === server.identifier,
  )
  if (!grant) {
    throw refuse(
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API.`,
    )
  }

  const wanted = params.scope?.split(' ').filter(Boolean) ?? []
  const missing = wanted.filter((value) => !grant.scope.includes(value))
  if (missing.length > 0) throw refuse(`Client has not been granted scopes: ${missing.join(' ')}`)
  const scopes = wanted.length > 0 ? wanted : grant.scope
  const now = tenant.clock.now()
  const lifetime = server.token_lifetime ?? DEFAULT_ACCESS_TOKEN_LIFETIME
  ctx.body = {
    access_token: await tenant.keys.sign({
      iss: tenant.issuer,
      sub: `${clientId}@clients`,
      aud: audience,
      iat: now,
      exp: now + lifetime,
      scope: scopes.join(' '),
      gty: 'client-credentials',
      azp: clientId,
    }),
    scope: scopes.join(' '),
    expires_in: lifetime,
    token_type: 'Bearer',
  }
}

/** The Management API is reached over http here, while SDKs write its identifier with https: both name it. */
export function canonicalAudience(tenant: Tenant, audience: string): string {
  return audience === managementIdentifier(tenant, 'http') ? managementIdentifier(tenant, 'https') : audience
}

export function managementIdentifier(tenant: Pick<Tenant, 'domain'>, scheme: 'http' | 'https'): string {
  return `${scheme}://${tenant.domain}/api/v2/`
}
