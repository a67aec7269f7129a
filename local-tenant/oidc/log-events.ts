import { TOKEN_EXCHANGE } from './grant-types.ts'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { LoginResult } from '../login/login-result.ts'
import { logUser } from '../tenant/log-user.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { tokenFields } from './token-request.ts'

const auth0 = 'http://auth0.com/oauth/grant-type'

/** Codes of a token request, by its grant: what succeeded, what failed. */
const grantCodes: Record<string, [string, string]> = {
  authorization_code: ['seacft', 'feacft'],
  refresh_token: ['sertft', 'fertft'],
  client_credentials: ['seccft', 'feccft'],
  password: ['sepft', 'fepft'],
  [`${auth0}/password-realm`]: ['sepft', 'fepft'],
  [TOKEN_EXCHANGE]: ['secte', 'fecte'],
  [`${auth0}/mfa-otp`]: ['seotpft', 'feotpft'],
  [`${auth0}/mfa-oob`]: ['seoobft', 'feoobft'],
  [`${auth0}/mfa-recovery-code`]: ['sercft', 'fercft'],
}

/** Writes what passes through the protocol core to the tenant's log, and counts the logins of a user. */
export function logProtocolEvents(tenant: Tenant, provider: Provider): void {
  provider.on('authorization.success', (ctx) => logLogin(tenant, ctx))
  provider.on('authorization.error', (ctx, { error, error_description = '' }) => {
    const isSilent = ctx.oidc?.params?.prompt === 'none'
    const user = tenant.directory.users.get(ctx.oidc?.session?.accountId ?? '')
    const about = { ...applicationOf(tenant, ctx), description: error_description || error }
    if (user) logUser(tenant, isSilent ? 'fsa' : 'f', user, about)
    else tenant.logs.add({ type: isSilent ? 'fsa' : 'f', ...about })
  })
  provider.on('grant.success', (ctx) => logGrant(tenant, ctx, 0))
  provider.on('grant.error', (ctx, { error_description = '', message }) =>
    logGrant(tenant, ctx, 1, error_description || message),
  )
}

function logLogin(tenant: Tenant, ctx: KoaContextWithOIDC): void {
  const user = tenant.directory.users.get(ctx.oidc.session?.accountId ?? '')
  if (!user) return
  const interactive = (ctx.oidc.result as LoginResult | undefined)?.login !== undefined
  logUser(tenant, interactive ? 's' : 'ssa', user, applicationOf(tenant, ctx))
  const context = tenant.sessions.get(ctx.oidc.session?.uid ?? '')
  if (context) context.device ??= { initial_user_agent: ctx.get('user-agent'), initial_ip: ctx.ip }
  if (!interactive) return
  user.logins_count = Number(user.logins_count ?? 0) + 1
  user.last_login = tenant.clock.iso()
  user.last_ip = ctx.ip
}

function logGrant(tenant: Tenant, ctx: KoaContextWithOIDC, outcome: 0 | 1, description = ''): void {
  const { grant_type = '', audience, scope } = tokenFields(ctx.req)
  const type = grantCodes[grant_type]?.[outcome]
  if (!type) return
  const { accountId } = ctx.oidc?.entities?.Account ?? {}
  const user = tenant.directory.users.get(accountId ?? '')
  const about = { ...applicationOf(tenant, ctx), description, audience, scope }
  if (user) logUser(tenant, type, user, about)
  else tenant.logs.add({ type, ...about })
}

function applicationOf(tenant: Tenant, ctx: KoaContextWithOIDC) {
  const client_id = ctx.oidc?.client?.clientId ?? tokenFields(ctx.req).client_id ?? ''
  const client = tenant.directory.clients.get(client_id)
  return { client_id, client_name: client?.name, ip: ctx.ip, user_agent: ctx.get('user-agent') }
}
