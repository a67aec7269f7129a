import type { KoaContextWithOIDC } from 'oidc-provider'
import { oidcProvider } from '../library.ts'
import { requestPart } from '../../actions/event.ts'
import { runCredentialsExchange } from '../../actions/run-trigger.ts'
import { findOrganization } from '../../tenant/organizations.ts'
import type { ClientGrant, Organization, ResourceServer } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { bindsTokens, checkProof } from '../dpop.ts'
import { tokenFields } from '../token-request.ts'
import { organizationClaims } from './organization-claims.ts'
import { signAccessToken } from './sign-token.ts'
import { DEFAULT_ACCESS_TOKEN_LIFETIME } from './scopes.ts'
import { findApi } from '../../tenant/apis.ts'

export const clientCredentialsParameters = ['audience', 'scope', 'organization']

const refuse = (description: string) =>
  new oidcProvider.errors.CustomOIDCProviderError('access_denied', description)

/** The machine-to-machine grant: one client grant per API decides the scopes. */
export async function clientCredentials(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const { clientId } = ctx.oidc.client ?? { clientId: '' }
  const params = ctx.oidc.params as { audience?: string; scope?: string; organization?: string }
  const audience = params.audience || tenant.directory.settings.default_audience
  if (!audience) {
    throw refuse('No audience parameter was provided, and no default audience has been configured')
  }
  const server = findApi(tenant.directory, audience)
  if (!server) throw refuse(`Service not found: ${audience}`)

  const grant = [...tenant.directory.clientGrants.values()].find(
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
  const organization = organizationFor(tenant, clientId, grant, params.organization)
  const { claims, refusal } = await runCredentialsExchange(tenant, {
    clientId,
    audience: server.identifier,
    scopes,
    organizationId: organization?.id,
    request: requestPart(tenant, ctx.req, tokenFields(ctx.req)),
  })
  if (refusal) throw new oidcProvider.errors.CustomOIDCProviderError(refusal.code, refusal.reason)
  const now = tenant.clock.now()
  const thumbprint = await boundKey(tenant, ctx, server)
  const lifetime = server.token_lifetime ?? DEFAULT_ACCESS_TOKEN_LIFETIME
  ctx.body = {
    access_token: await signAccessToken(tenant, server, {
      ...claims,
      iss: tenant.issuer,
      sub: `${clientId}@clients`,
      aud: audience,
      iat: now,
      exp: now + lifetime,
      scope: scopes.join(' '),
      gty: 'client-credentials',
      azp: clientId,
      ...(thumbprint && { cnf: { jkt: thumbprint } }),
      ...organizationClaims(tenant, organization?.id),
    }),
    scope: scopes.join(' '),
    expires_in: lifetime,
    token_type: thumbprint ? 'DPoP' : 'Bearer',
  }
}

async function boundKey(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  server: ResourceServer,
): Promise<string | undefined> {
  const client = tenant.directory.clients.get(ctx.oidc.client?.clientId ?? '')
  const proof = ctx.get('DPoP')
  const target = { method: 'POST', url: `${tenant.issuer}oauth/token`, now: tenant.clock.now() }
  const thumbprint = proof ? await checkProof(proof, target) : undefined
  return client && bindsTokens(client, server, thumbprint) ? thumbprint : undefined
}

/**
 * The organization of a machine's token: only where the client grant allows one, and is good for this one.
 *
 * @see https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications
 */
function organizationFor(
  tenant: Tenant,
  clientId: string,
  grant: ClientGrant & { id: string },
  asked: string | undefined,
): Organization | undefined {
  const { directory } = tenant
  const { organization_usage: usage = 'deny', allow_any_organization: any = false } = grant
  const byDefault =
    usage === 'require' ? directory.clients.get(clientId)?.default_organization?.organization_id : ''
  const wanted = asked || byDefault
  if (!wanted) {
    if (usage === 'require')
      throw new oidcProvider.errors.InvalidRequest('parameter organization is required for this client')
    return undefined
  }
  if (usage === 'deny')
    throw new oidcProvider.errors.InvalidRequest('parameter organization is not allowed for this client')
  const organization = findOrganization(directory, wanted)
  if (!organization) throw new oidcProvider.errors.InvalidRequest(`organization ${wanted} does not exist`)
  if (any || organization.client_grants?.includes(grant.id)) return organization
  throw refuse(`Client is not authorized to access the ${organization.id} organization.`)
}

/** The Management API is reached over http here, while SDKs write its identifier with https: both name it. */
export function managementIdentifier(tenant: Pick<Tenant, 'domain'>, scheme: 'http' | 'https'): string {
  return `${scheme}://${tenant.domain}/api/v2/`
}
