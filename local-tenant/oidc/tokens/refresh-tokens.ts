import type { RefreshTokenSettings } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { grantTypesOf } from '../provider-client.ts'
import { findApi } from '../../tenant/apis.ts'

const DAY = 86_400
const YEAR = 365 * DAY

/** Auth0's conditions: `offline_access` asked for, the grant type on, and offline access allowed by the API. */
export function issuesRefreshToken(tenant: Tenant, clientId: string, grantId = ''): boolean {
  const grant = tenant.grants.get(grantId)
  const client = tenant.directory.clients.get(clientId)
  if (!grant || !client) return false
  const server = grant.audience ? findApi(tenant.directory, grant.audience) : undefined
  const allowedByApi = !grant.audience || server?.allow_offline_access === true
  return (
    allowedByApi &&
    grant.requestedScopes.includes('offline_access') &&
    grantTypesOf(client).includes('refresh_token')
  )
}

export function rotates(tenant: Tenant, clientId = ''): boolean {
  return settingsOf(tenant, clientId).rotation_type === 'rotating'
}

/** Seconds a refresh token lives: the idle lifetime, cut off where the family's absolute lifetime ends. */
export function refreshTokenLifetime(
  tenant: Tenant,
  token: { clientId?: string | undefined; grantId?: string | undefined; iiat?: number | undefined },
): number {
  const settings = settingsOf(tenant, token.clientId ?? '')
  const now = Math.floor(Date.now() / 1000)
  const age = token.iiat ? now - token.iiat : 0
  const rotating = settings.rotation_type === 'rotating' || settings.expiration_type === 'expiring'
  const absolute =
    !rotating || settings.infinite_token_lifetime ? YEAR : (settings.token_lifetime ?? 30 * DAY) - age
  const idle =
    !rotating || settings.infinite_idle_token_lifetime ? YEAR : (settings.idle_token_lifetime ?? 15 * DAY)
  const { end = Infinity } = tenant.grants.get(token.grantId ?? '')?.refreshToken ?? {}
  return Math.max(1, Math.min(absolute, idle, end - tenant.clock.now()))
}

function settingsOf(tenant: Tenant, clientId: string): RefreshTokenSettings {
  return tenant.directory.clients.get(clientId)?.refresh_token ?? {}
}
