import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { Tenant } from '../state/tenant.ts'
import type { LoginResult } from './login-result.ts'
import { organizationIdOf } from './organizations.ts'

/** Every authorization is a grant of its own, as no local tenant asks for consent. Remembers what tokens need. */
export async function loadGrant(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { session, client } = ctx.oidc
  if (!session?.accountId || !client) return undefined
  const params = ctx.oidc.params as Record<string, string | undefined>
  const organizationId = organizationIdOf(tenant, ctx)
  const { connection, organizations } = rememberSession(
    tenant,
    session.uid,
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
    amr: session.amr ?? [],
    ...(params.audience && { audience: params.audience }),
    ...(organizationId && { organizationId }),
    ...(params.max_age !== undefined &&
      session.loginTs && { authTime: session.loginTs + tenant.clock.offset }),
  })
  return grant
}

function rememberSession(tenant: Tenant, uid: string, result: LoginResult | undefined) {
  const known = tenant.sessions.get(uid)
  const context = {
    connection: result?.login?.connection ?? known?.connection ?? '',
    organizations: known?.organizations ?? new Map<string, string>(),
  }
  tenant.sessions.set(uid, context)
  return context
}

function words(text: string | undefined): string[] {
  return text?.split(' ').filter(Boolean) ?? []
}
