import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { postLoginEvent } from '../actions/event.ts'
import { tokenFields } from '../endpoints/token-request.ts'
import type { ResourceServer, User } from '../seeds/schema.ts'
import type { GrantContext, Tenant } from '../state/tenant.ts'
import { profileClaims } from './profile-claims.ts'
import { applyRefreshParameters } from './refresh-parameters.ts'
import { DEFAULT_ACCESS_TOKEN_LIFETIME, findResourceServer, grantScopes, permissionsOf } from './scopes.ts'
import { signAccessToken, signIdToken } from './sign-token.ts'

const DEFAULT_ID_TOKEN_LIFETIME = 36_000
const MULTIFACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'

interface TokenSubject {
  grant: GrantContext
  user: User
  scopes: string[]
  permissions: string[]
  nonce: string | undefined
}

/**
 * Puts Auth0's tokens in place of oidc-provider's after a successful code or refresh exchange.
 *
 * @throws when the user was blocked, or an Auth0 Action refuses the refresh
 */
export async function toAuth0Tokens(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const { AccessToken: accessToken, AuthorizationCode: code, RotatedRefreshToken } = ctx.oidc.entities
  const kept = tenant.grants.get(accessToken?.grantId ?? '')
  const user = tenant.directory.users.get(kept?.userId ?? '')
  if (!kept || !user) return

  const refreshing = !code
  const grant = refreshing ? applyRefreshParameters(tenant, kept, tokenFields(ctx.req)) : kept
  if (refreshing) grant.action = await runActions(tenant, user, grant)

  const body = ctx.body as { access_token: string; refresh_token?: string }
  const server = grant.audience ? findResourceServer(tenant.directory, grant.audience) : undefined
  const permissions = permissionsOf(tenant.directory, user, grant.audience, grant.organizationId)
  const refreshable = body.refresh_token !== undefined
  const scopes = withActions(
    grant,
    grantScopes({ requested: grant.requestedScopes, server, permissions, refreshable }),
  )
  const subject: TokenSubject = { grant, user, scopes, permissions, nonce: code?.nonce }

  ctx.body = {
    access_token: server ? await accessTokenFor(tenant, server, subject) : body.access_token,
    ...((code ?? RotatedRefreshToken) && refreshable && { refresh_token: body.refresh_token }),
    ...(scopes.includes('openid') && { id_token: await idTokenFor(tenant, subject) }),
    scope: scopes.join(' '),
    expires_in: server?.token_lifetime ?? DEFAULT_ACCESS_TOKEN_LIFETIME,
    token_type: 'Bearer',
  }
}

async function runActions(tenant: Tenant, user: User, grant: GrantContext) {
  if (user.blocked) throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked')
  const outcome = await tenant.postLogin(postLoginEvent(tenant, user, grant, 'oauth2-refresh-token'))
  if (outcome.denied !== undefined) throw new errors.CustomOIDCProviderError('access_denied', outcome.denied)
  return outcome
}

function withActions({ action }: GrantContext, scopes: string[]): string[] {
  const all = new Set([...scopes, ...(action?.addedScopes ?? [])])
  return [...all].filter((scope) => !action?.removedScopes.includes(scope))
}

function accessTokenFor(tenant: Tenant, server: ResourceServer, subject: TokenSubject): Promise<string> {
  const { grant, user, scopes, permissions } = subject
  const now = tenant.clock.now()
  return signAccessToken(tenant, server, {
    ...grant.action?.accessTokenClaims,
    iss: tenant.issuer,
    sub: user.user_id,
    aud: scopes.includes('openid') ? [server.identifier, `${tenant.issuer}userinfo`] : server.identifier,
    iat: now,
    exp: now + (server.token_lifetime ?? DEFAULT_ACCESS_TOKEN_LIFETIME),
    scope: scopes.join(' '),
    azp: grant.clientId,
    ...organizationClaims(tenant, grant),
    ...(server.enforce_policies && server.token_dialect === 'access_token_authz' && { permissions }),
  })
}

function idTokenFor(tenant: Tenant, { grant, user, scopes, nonce }: TokenSubject): Promise<string> {
  const now = tenant.clock.now()
  const client = tenant.directory.clients.get(grant.clientId)
  return signIdToken(tenant, client, {
    ...profileClaims(user, scopes),
    ...grant.action?.idTokenClaims,
    iss: tenant.issuer,
    aud: grant.clientId,
    sub: user.user_id,
    iat: now,
    exp: now + (client?.jwt_configuration?.lifetime_in_seconds ?? DEFAULT_ID_TOKEN_LIFETIME),
    sid: grant.sessionUid,
    ...(nonce !== undefined && { nonce }),
    ...(grant.authTime !== undefined && { auth_time: grant.authTime }),
    ...(grant.amr.includes('mfa') && { amr: ['mfa'], acr: MULTIFACTOR }),
    ...organizationClaims(tenant, grant),
  })
}

function organizationClaims(tenant: Tenant, grant: GrantContext): Record<string, string> {
  const organization = tenant.directory.organizations.get(grant.organizationId ?? '')
  if (!organization) return {}
  const named = tenant.directory.settings.allow_organization_name_in_authentication_api
  return { org_id: organization.id, ...(named && { org_name: organization.name.toLowerCase() }) }
}
