import type { AdapterPayload } from 'oidc-provider'
import { notifyLogout, type LogoutInitiator } from '../oidc/backchannel-logout.ts'
import type { RunningTenant } from './tenant.ts'

export interface LiveSession {
  id: string
  userId: string
  payload: AdapterPayload
}

/** The browser sessions that a person is logged in with. */
export function sessionsOf({ store }: RunningTenant): LiveSession[] {
  return store.list('Session').flatMap((payload) => {
    const { uid, accountId } = payload
    return uid && accountId ? [{ id: uid, userId: accountId, payload }] : []
  })
}

/**
 * Ends sessions for good: the browser has to log in again, and applications that want to hear of it are told. Refresh
 * tokens stay.
 */
export function endSessions(
  tenant: RunningTenant,
  matches: (session: LiveSession) => boolean,
  initiator: LogoutInitiator = 'session-revoked',
): LiveSession[] {
  const ended = sessionsOf(tenant).filter(matches)
  const ids = new Set(ended.map(({ id }) => id))
  tenant.store.remove('Session', ({ uid }) => ids.has(uid ?? ''))
  for (const session of ended) {
    tenant.sessions.delete(session.id)
    const clientIds = Object.keys(session.payload.authorizations ?? {})
    notifyLogout(tenant, { ...session, clientIds }, initiator)
  }
  return ended
}

/** The refresh tokens that can still be used, a rotated family as one, in Auth0's shape. */
export function refreshTokensOf({ store, grants, directory }: RunningTenant) {
  return store
    .list('RefreshToken')
    .filter(({ consumed }) => consumed === undefined)
    .map(({ grantId = '', accountId, clientId = '', iat, iiat, exp, sessionUid }) => {
      const grant = grants.get(grantId)
      const { refresh_token: settings } = directory.clients.get(clientId) ?? {}
      return {
        id: grantId,
        user_id: accountId,
        created_at: toDate(Number(iiat ?? iat)),
        last_exchanged_at: iiat === iat ? null : toDate(Number(iat)),
        idle_expires_at: settings?.infinite_idle_token_lifetime ? null : toDate(Number(exp)),
        expires_at: settings?.infinite_token_lifetime ? null : toDate(Number(exp)),
        client_id: clientId,
        session_id: (grant?.sessionUid ?? sessionUid ?? null) as string | null,
        rotating: settings?.rotation_type === 'rotating',
        resource_servers: grant?.audience
          ? [{ audience: grant.audience, scopes: grant.requestedScopes.join(' ') }]
          : [],
        refresh_token_metadata: refreshTokenMetadata.get(store)?.get(grantId) ?? null,
      }
    })
}

export type LiveRefreshToken = ReturnType<typeof refreshTokensOf>[number]

/** What was written to refresh tokens by the API, per tenant. */
const refreshTokenMetadata = new WeakMap<object, Map<string, Record<string, unknown>>>()

export function setRefreshTokenMetadata(
  { store }: RunningTenant,
  id: string,
  metadata: Record<string, unknown>,
): void {
  const all = refreshTokenMetadata.get(store) ?? new Map<string, Record<string, unknown>>()
  refreshTokenMetadata.set(store, all.set(id, metadata))
}

/** Makes the tokens useless, with the whole family of each. Answers those that there were. */
export function revokeRefreshTokens(
  tenant: RunningTenant,
  matches: (token: LiveRefreshToken) => boolean,
): LiveRefreshToken[] {
  const revoked = refreshTokensOf(tenant).filter(matches)
  const ids = new Set(revoked.map(({ id }) => id))
  tenant.store.remove('RefreshToken', ({ grantId }) => ids.has(grantId ?? ''))
  return revoked
}

export function toDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
