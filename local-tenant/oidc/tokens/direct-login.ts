import type { KoaContextWithOIDC } from 'oidc-provider'
import { requestPart } from '../../actions/event.ts'
import { changeMetadata, changeRefreshToken, postLoginContext } from '../../actions/post-login-context.ts'
import { findApi } from '../../tenant/apis.ts'
import { authenticatorsOf, isEnrolled } from '../../tenant/authenticators.ts'
import { logUser } from '../../tenant/log-user.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { GrantContext, MfaTransaction, Tenant } from '../../tenant/tenant.ts'
import { checkProof } from '../dpop.ts'
import { openTransaction } from '../mfa/transactions.ts'
import { tokenFields, type TokenFields } from '../token-request.ts'
import { organizationForLogin } from './login-organization.ts'
import { issuesRefreshToken } from './refresh-tokens.ts'
import { OPEN_ID_SCOPES } from './scopes.ts'
import { TokenRefusal } from './token-refusal.ts'

/** As `event.transaction.protocol` names a login without a browser. */
export type DirectProtocol = 'oauth2-password' | 'oauth2-token-exchange' | 'oauth2-webauthn'

/** Somebody whom a grant of `/oauth/token` has recognized. */
export interface DirectLogin {
  user: User
  /** Name of the connection. */
  connection: string
  /** As in `event.authentication.methods`. */
  method: string
  protocol: DirectProtocol
  /** Default: what the request names. */
  organization?: string | undefined
}

/**
 * Logs a user in at `/oauth/token`: blocked, organization, Auth0 Actions, then tokens, as at a login in the browser
 * but without a session.
 *
 * @throws {TokenRefusal} what the application is told
 */
export async function logInDirectly(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  { user, connection, method, protocol, organization }: DirectLogin,
): Promise<void> {
  if (user.blocked) throw new TokenRefusal(403, 'unauthorized', 'user is blocked')
  const fields = tokenFields(ctx.req)
  const clientId = ctx.oidc.client?.clientId ?? ''
  const audience = fields.audience || tenant.directory.settings.default_audience
  const organizationId = organizationForLogin(tenant, clientId, user, organization ?? fields.organization)
  const grant: GrantContext = {
    clientId,
    userId: user.user_id,
    requestedScopes: requestedScopes(tenant, fields, audience),
    connection,
    methods: [{ name: method, timestamp: tenant.clock.iso() }],
    acrValues: [],
    uiLocales: [],
    request: {},
    ...(audience && { audience }),
    organizationId,
  }
  await goOn(tenant, ctx, { grant, protocol })
}

/** Runs the Auth0 Actions, from where they paused if they did, and issues the tokens. @throws {TokenRefusal} */
export async function goOn(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  { grant, protocol }: Pick<MfaTransaction, 'grant' | 'protocol'>,
): Promise<void> {
  const user = tenant.directory.users.get(grant.userId)
  if (!user || user.blocked) throw new TokenRefusal(403, 'unauthorized', 'user is blocked')
  const request = requestPart(tenant, ctx.req, tokenFields(ctx.req))
  const moment = { protocol, request, interactive: true, user, grant }
  grant.run = await tenant.postLogin(postLoginContext(tenant, moment), grant.run)
  const { outcome } = grant.run
  if (!outcome.denied && lacksFactor(tenant, grant, user))
    throw mfaRequired(tenant, user, { grant, protocol })
  changeMetadata(user, outcome)
  changeRefreshToken(grant, outcome)
  if (outcome.denied) throw new TokenRefusal(403, outcome.denied.error, outcome.denied.description)
  countLogin(tenant, ctx, user)
  await issueTokens(tenant, ctx, grant)
}

/** Whether an Auth0 Action wants a second factor that was not shown yet, or the MFA API does. */
function lacksFactor(tenant: Tenant, { run, audience, methods }: GrantContext, user: User): boolean {
  const byAction = run?.outcome.multifactor !== undefined || run?.paused !== undefined
  const byApi = audience !== undefined && findApi(tenant.directory, audience)?.id === 'mfa'
  const wanted = byAction || (byApi && isEnrolled(tenant, user))
  return wanted && !methods.some(({ name }) => name === 'mfa')
}

/** Told instead of tokens, with what the user can show or has to enrol first. */
function mfaRequired(
  tenant: Tenant,
  user: User,
  waiting: Pick<MfaTransaction, 'grant' | 'protocol'>,
): TokenRefusal {
  logUser(tenant, 'mfar', user, { client_id: waiting.grant.clientId })
  const types = authenticatorsOf(tenant, user).map(({ type }) => ({ type: type === 'totp' ? 'otp' : type }))
  const enroll = ['otp', 'phone', 'email'].map((type) => ({ type }))
  return new TokenRefusal(403, 'mfa_required', 'Multifactor authentication required', {
    mfa_token: openTransaction(tenant, waiting),
    mfa_requirements: isEnrolled(tenant, user) ? { challenge: types } : { enroll },
  })
}

/** Without `scope` the application is trusted with every one. */
function requestedScopes(tenant: Tenant, { scope }: TokenFields, audience: string | undefined): string[] {
  const wanted = scope?.split(' ').filter(Boolean) ?? []
  const server = findApi(tenant.directory, audience)
  if (audience && !server) throw new TokenRefusal(403, 'access_denied', `Service not found: ${audience}`)
  if (wanted.length > 0) return wanted
  return [...OPEN_ID_SCOPES, ...(server?.scopes?.map(({ value }) => value) ?? [])]
}

function countLogin(tenant: Tenant, ctx: KoaContextWithOIDC, user: User): void {
  user.logins_count = Number(user.logins_count ?? 0) + 1
  user.last_login = tenant.clock.iso()
  user.last_ip = ctx.req.socket.remoteAddress
}

/** Makes the tokens that oidc-provider keeps; `toAuth0Tokens` puts Auth0's in their place. */
async function issueTokens(tenant: Tenant, ctx: KoaContextWithOIDC, grant: GrantContext): Promise<void> {
  const { client, provider } = ctx.oidc
  if (!client) return
  const accountId = grant.userId
  const kept = new provider.Grant({ accountId, clientId: client.clientId })
  kept.addOIDCScope('openid offline_access')
  const grantId = await kept.save()
  tenant.grants.set(grantId, grant)
  const { grant_type: gty = '' } = tokenFields(ctx.req)
  const about = { accountId, client, grantId, gty }
  const access = new provider.AccessToken({ ...about, scope: 'openid' })
  const proof = ctx.get('DPoP')
  const target = { method: 'POST', url: `${tenant.issuer}oauth/token`, now: tenant.clock.now() }
  const thumbprint = proof ? await checkProof(proof, target) : undefined
  if (thumbprint) access.jkt = thumbprint
  ctx.oidc.entity('Account', { accountId, claims: () => ({ sub: accountId }) })
  ctx.oidc.entity('AccessToken', access)
  ctx.body = { access_token: await access.save() }
  if (!issuesRefreshToken(tenant, client.clientId, grantId)) return
  const refresh = new provider.RefreshToken({ ...about, scope: 'openid offline_access' })
  if (thumbprint && client.clientAuthMethod === 'none') refresh.jkt = thumbprint
  Object.assign(ctx.body as object, { refresh_token: await refresh.save() })
}
