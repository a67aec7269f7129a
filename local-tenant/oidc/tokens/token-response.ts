import type { KoaContextWithOIDC } from 'oidc-provider'
import { oidcProvider } from '../library.ts'
import { requestPart } from '../../actions/event.ts'
import { changeMetadata, changeRefreshToken, postLoginContext } from '../../actions/post-login-context.ts'
import { bindsTokens } from '../dpop.ts'
import { tokenFields } from '../token-request.ts'
import type { ResourceServer, User } from '../../tenant/seeds/schema.ts'
import type { GrantContext, Tenant } from '../../tenant/tenant.ts'
import { organizationClaims } from './organization-claims.ts'
import { profileClaims } from './profile-claims.ts'
import { applyRefreshParameters } from './refresh-parameters.ts'
import { DEFAULT_ACCESS_TOKEN_LIFETIME, grantScopes, permissionsOf } from './scopes.ts'
import { signAccessToken, signIdToken } from './sign-token.ts'
import { findApi, myAccountScopes } from '../../tenant/apis.ts'

const DEFAULT_ID_TOKEN_LIFETIME = 36_000
const MULTIFACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'

/** What the exchange left to be told. */
interface IssuedBody {
  access_token: string
  refresh_token?: string
  /** Replaces the used one. */
  recovery_code?: string
  issued_token_type?: string
}

interface TokenSubject {
  grant: GrantContext
  user: User
  scopes: string[]
  permissions: string[]
  nonce: string | undefined
  /** Of the key that the access token is bound to. */
  thumbprint: string | undefined
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

  const refreshing = tokenFields(ctx.req).grant_type === 'refresh_token'
  const grant = refreshing ? applyRefreshParameters(tenant, kept, tokenFields(ctx.req)) : kept
  if (refreshing) grant.run = await runActions(tenant, ctx, user, grant)

  const body = ctx.body as IssuedBody
  const server = grant.audience ? findApi(tenant.directory, grant.audience) : undefined
  const permissions = permissionsOf(tenant.directory, user, grant.audience, grant.organizationId)
  const refreshable = body.refresh_token !== undefined
  const scopes = withActions(
    grant,
    grantScopes({ requested: grant.requestedScopes, server, permissions, refreshable }),
  ).filter(allowedAt(tenant, grant, server))
  const thumbprint = boundKey(tenant, grant, server, accessToken?.jkt)
  const subject: TokenSubject = { grant, user, scopes, permissions, nonce: code?.nonce, thumbprint }

  ctx.body = {
    access_token: server ? await accessTokenFor(tenant, server, subject) : body.access_token,
    ...((!refreshing || RotatedRefreshToken) && refreshable && { refresh_token: body.refresh_token }),
    ...(scopes.includes('openid') && { id_token: await idTokenFor(tenant, subject) }),
    scope: scopes.join(' '),
    expires_in: server?.token_lifetime ?? DEFAULT_ACCESS_TOKEN_LIFETIME,
    token_type: thumbprint ? 'DPoP' : 'Bearer',
    issued_token_type: body.issued_token_type,
    recovery_code: body.recovery_code,
  }
}

async function runActions(tenant: Tenant, ctx: KoaContextWithOIDC, user: User, grant: GrantContext) {
  if (user.blocked) throw new oidcProvider.errors.CustomOIDCProviderError('unauthorized', 'user is blocked')
  const request = requestPart(tenant, ctx.req, tokenFields(ctx.req))
  const moment = { protocol: 'oauth2-refresh-token', request, user, grant }
  const run = await tenant.postLogin(postLoginContext(tenant, moment))
  const { denied, refreshToken } = run.outcome
  changeMetadata(user, run.outcome)
  changeRefreshToken(tenant.grants.get(ctx.oidc.entities.AccessToken?.grantId ?? '') ?? grant, run.outcome)
  if (refreshToken.revoked !== undefined) await ctx.oidc.entities.RefreshToken?.destroy()
  if (denied) throw new oidcProvider.errors.CustomOIDCProviderError(denied.error, denied.description)
  return run
}

function boundKey(
  tenant: Tenant,
  { clientId }: GrantContext,
  server: ResourceServer | undefined,
  thumbprint: string | undefined,
): string | undefined {
  const client = tenant.directory.clients.get(clientId)
  if (!client) return undefined
  return bindsTokens(client, server, thumbprint) ? thumbprint : undefined
}

/** Which scopes pass the client grant that the My Account API wants. @throws where there is none */
function allowedAt(tenant: Tenant, { clientId }: GrantContext, server: ResourceServer | undefined) {
  const granted = myAccountScopes(tenant.directory, clientId, server)
  if (granted?.length === 0) {
    const text = `Client is not authorized to access "${server?.identifier}".`
    throw new oidcProvider.errors.CustomOIDCProviderError('access_denied', text)
  }
  return (scope: string) => !granted || !scope.includes(':me:') || granted.includes(scope)
}

function withActions({ run }: GrantContext, scopes: string[]): string[] {
  const { addedScopes = [], removedScopes = [] } = run?.outcome ?? {}
  return [...new Set([...scopes, ...addedScopes])].filter((scope) => !removedScopes.includes(scope))
}

function accessTokenFor(tenant: Tenant, server: ResourceServer, subject: TokenSubject): Promise<string> {
  const { grant, user, scopes, permissions, thumbprint } = subject
  const now = tenant.clock.now()
  return signAccessToken(tenant, server, {
    ...grant.run?.outcome.accessTokenClaims,
    iss: tenant.issuer,
    sub: user.user_id,
    aud: scopes.includes('openid') ? [server.identifier, `${tenant.issuer}userinfo`] : server.identifier,
    iat: now,
    exp: now + (server.token_lifetime ?? DEFAULT_ACCESS_TOKEN_LIFETIME),
    scope: scopes.join(' '),
    azp: grant.clientId,
    ...(thumbprint && { cnf: { jkt: thumbprint } }),
    ...organizationClaims(tenant, grant.organizationId),
    ...(server.enforce_policies && server.token_dialect?.endsWith('_authz') && { permissions }),
  })
}

function idTokenFor(tenant: Tenant, { grant, user, scopes, nonce }: TokenSubject): Promise<string> {
  const now = tenant.clock.now()
  const client = tenant.directory.clients.get(grant.clientId)
  return signIdToken(tenant, client, {
    ...profileClaims(user, scopes),
    ...grant.run?.outcome.idTokenClaims,
    iss: tenant.issuer,
    aud: grant.clientId,
    sub: user.user_id,
    iat: now,
    exp: now + (client?.jwt_configuration?.lifetime_in_seconds ?? DEFAULT_ID_TOKEN_LIFETIME),
    ...(grant.sessionUid !== undefined && { sid: grant.sessionUid }),
    ...(nonce !== undefined && { nonce }),
    ...(grant.authTime !== undefined && { auth_time: grant.authTime }),
    ...(grant.methods.some(({ name }) => name === 'mfa') && { amr: ['mfa'], acr: MULTIFACTOR }),
    ...organizationClaims(tenant, grant.organizationId),
  })
}
