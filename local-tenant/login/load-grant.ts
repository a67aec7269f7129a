import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { SessionContext, Tenant } from '../tenant/tenant.ts'
import type { LoginResult } from './login-result.ts'
import { organizationIdOf } from './requested-organization.ts'

/** Every authorization is a grant of its own, as no local tenant asks for consent. Remembers what tokens need. */
export async function loadGrant(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { session, client } = ctx.oidc
  if (!session?.accountId || !client) return undefined
  const params = ctx.oidc.params as Record<string, string | undefined>
  const organizationId = organizationIdOf(tenant, ctx)
  const { connection, organizations } = rememberSession(
    tenant,
    session,
    ctx.oidc.result as LoginResult | undefined,
  )
  if (organizationId) organizations.set(client.clientId, organizationId)

  const grant = new ctx.oidc.provider.Grant({ accountId: session.accountId, clientId: client.clientId })
  grant.addOIDCScope('openid offline_access')
  tenant.grants.set(await grant.save(), {
    clientId: client.clientId,
    userId: session.accountId,
    sessionUid: session.uid,
    requestedScopes: words(params.requested_scope),
    acrValues: words(params.acr_values),
    uiLocales: words(params.ui_locales),
    connection,
    methods: [],
    request: {
      ...pick(params, 'redirect_uri', 'state', 'login_hint'),
      ...(params.prompt && { prompt: words(params.prompt) }),
    },
    ...(params.audience && { audience: params.audience }),
    organizationId,
    ...(params.max_age !== undefined &&
      session.loginTs && { authTime: session.loginTs + tenant.clock.offset }),
  })
  return grant
}

function rememberSession(
  tenant: Tenant,
  { uid, loginTs = 0 }: { uid: string; loginTs?: number | undefined },
  result: LoginResult | undefined,
): SessionContext {
  const known = tenant.sessions.get(uid)
  const context: SessionContext = {
    organizations: new Map(),
    connection: '',
    methods: [],
    ...known,
  }
  if (result?.login) {
    context.connection = result.login.connection
    context.methods = [{ name: result.login.method, timestamp: timestamp(loginTs + tenant.clock.offset) }]
  }
  if (result?.mfa) {
    const earlier = context.methods.filter(({ name }) => name !== 'mfa')
    context.methods = [...earlier, { name: 'mfa', type: 'otp', timestamp: timestamp(tenant.clock.now()) }]
  }
  tenant.sessions.set(uid, context)
  return context
}

function timestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

function pick(params: Record<string, string | undefined>, ...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])),
  ) as Record<string, string>
}

function words(text: string | undefined): string[] {
  return text?.split(' ').filter(Boolean) ?? []
}
