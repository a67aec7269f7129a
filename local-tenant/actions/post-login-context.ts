import { rolesOf } from '../oidc/tokens/scopes.ts'
import type { User } from '../tenant/seeds/schema.ts'
import type { GrantContext, Tenant } from '../tenant/tenant.ts'
import { postLoginEvent, type EventMoment } from './event.ts'
import type { ActionOutcome, LifetimeChanges, PostLoginContext } from './post-login.ts'
import { findApi } from '../tenant/apis.ts'

/** What a run of the post-login trigger needs to know, at a login or at a refresh. */
export function postLoginContext(
  tenant: Tenant,
  moment: Omit<EventMoment, 'run'> & { user: User; grant: GrantContext },
  { canRedirect = false, state = '' }: { canRedirect?: boolean; state?: string | undefined } = {},
): PostLoginContext {
  const { user, grant } = moment
  const server = findApi(tenant.directory, grant.audience)
  return {
    event: (run) => postLoginEvent(tenant, user, grant, { ...moment, run }),
    canRedirect,
    refreshing: moment.protocol === 'oauth2-refresh-token',
    issuerHost: tenant.domain,
    now: () => tenant.clock.now(),
    roles: rolesOf(tenant.directory, user, grant.organizationId).map(({ id, name }) => ({ id, name })),
    ownApi: server?.is_system === true,
    factors: factorsOf(moment.protocol),
    state,
  }
}

/** What `challengeWith` and `enrollWith` may ask for: pages know an app only, and a token exchange knows neither. */
function factorsOf(protocol: string): string[] {
  if (protocol === 'oauth2-token-exchange') return []
  if (protocol === 'oidc-basic-profile' || protocol === 'oauth2-refresh-token') return ['otp']
  return ['otp', 'phone', 'email', 'recovery-code']
}

/** Keeps under the grant how long Auth0 Actions let the refresh token live, and its metadata. */
export function changeRefreshToken(grant: GrantContext, { refreshToken: changes }: ActionOutcome): void {
  const end = earliest(changes)
  grant.refreshToken = {
    ...grant.refreshToken,
    ...(end !== undefined && { end }),
    metadata: mergeChanges(grant.refreshToken?.metadata, changes),
  }
}

/** Unix seconds of the earlier of both ends. */
export function earliest({
  expiresAt = Infinity,
  idleExpiresAt = Infinity,
}: LifetimeChanges): number | undefined {
  const end = Math.min(expiresAt, idleExpiresAt)
  return end === Infinity ? undefined : Math.floor(end / 1000)
}

/** The metadata of a session or a refresh token after the changes. */
export function mergeChanges(
  before: Record<string, string | null> | undefined,
  { metadata, evicted }: LifetimeChanges,
): Record<string, string> {
  return merge(evicted ? {} : before, metadata) as Record<string, string>
}

/** Merges what Auth0 Actions set into the user's metadata; `null` removes. */
export function changeMetadata(
  user: User,
  { appMetadata, userMetadata }: Pick<ActionOutcome, 'appMetadata' | 'userMetadata'>,
): void {
  if (Object.keys(appMetadata).length > 0) user.app_metadata = merge(user.app_metadata, appMetadata)
  if (Object.keys(userMetadata).length > 0) user.user_metadata = merge(user.user_metadata, userMetadata)
}

function merge(before: Record<string, unknown> = {}, changes: Record<string, unknown>) {
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null))
}
