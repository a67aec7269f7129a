import type { IncomingMessage } from 'node:http'
import type { PostLoginEvent } from '../tenant/seeds/actions.ts'
import { omit } from '../management-api/omit.ts'
import { toUser } from '../management-api/user-shape.ts'
import type { User } from '../tenant/seeds/schema.ts'
import type { GrantContext, Tenant } from '../tenant/tenant.ts'
import { labelOf } from '../tenant/users.ts'
import { rolesOf } from '../oidc/tokens/scopes.ts'
import type { PostLoginRun } from './post-login.ts'

type EventPart = Omit<PostLoginEvent, 'secrets'>

const SINCE = '2026-01-01T00:00:00.000Z'

/** Where the run happens: at a login, `oidc-basic-profile`, or at a refresh, and what `api.transaction` holds. */
export interface EventMoment {
  protocol: string
  request: PostLoginEvent['request']
  /** The visitor has just authenticated, which counts as a login. */
  interactive?: boolean
  run: PostLoginRun
}

/** What the Auth0 Actions are told about an authorization. */
export function postLoginEvent(
  tenant: Tenant,
  user: User,
  grant: GrantContext,
  { protocol, request, interactive = false, run }: EventMoment,
): EventPart {
  const { directory } = tenant
  const connection = directory.connections.named(grant.connection)
  const session = tenant.sessions.get(grant.sessionUid ?? '')
  return {
    user: userPart(tenant, user),
    ...clientAndTenant(tenant, grant.clientId),
    ...organizationPart(tenant, grant.organizationId),
    connection: {
      id: connection?.id ?? '',
      name: grant.connection,
      strategy: connection?.strategy ?? 'auth0',
      metadata: (connection?.metadata ?? {}) as Record<string, string>,
    },
    stats: { logins_count: Number(user.logins_count ?? 0) + (interactive ? 1 : 0) },
    request,
    authorization: { roles: rolesOf(directory, user, grant.organizationId).map((role) => role.name) },
    authentication: { methods: [...(session?.methods ?? grant.methods), ...run.outcome.recordedMethods] },
    ...(grant.sessionUid !== undefined && {
      session: { id: grant.sessionUid, user_id: user.user_id, metadata: session?.metadata ?? {} },
    }),
    ...(protocol === 'oauth2-refresh-token' && {
      refresh_token: {
        id: grant.sessionUid ?? '',
        client_id: grant.clientId,
        metadata: grant.refreshToken?.metadata ?? {},
      },
    }),
    transaction: {
      protocol,
      acr_values: grant.acrValues,
      requested_scopes: grant.requestedScopes,
      ui_locales: grant.uiLocales,
      response_type: ['code'],
      response_mode: 'query',
      metadata: run.metadata,
      ...{ prompt: [], ...grant.request },
    },
    ...(grant.audience && { resource_server: { identifier: grant.audience } }),
  }
}

/** The parts that the events of every trigger share. */
export function clientAndTenant(tenant: Tenant, clientId: string) {
  const client = tenant.directory.clients.get(clientId)
  return {
    client: { client_id: clientId, name: client?.name ?? '', metadata: client?.client_metadata ?? {} },
    tenant: { id: tenant.domain.split(/[.:]/)[0] ?? '' },
  }
}

export function organizationPart(tenant: Tenant, id = '') {
  const organization = tenant.directory.organizations.get(id)
  if (!organization) return {}
  const { name, display_name, metadata = {} } = organization
  return { organization: { id, name, display_name, metadata } }
}

export function userPart(tenant: Tenant, user: User): EventPart['user'] {
  return {
    email_verified: false,
    name: labelOf(user),
    created_at: user.updated_at ?? SINCE,
    updated_at: SINCE,
    ...(user.otp_secret && { multifactor: ['google-authenticator'], enrolledFactors: [{ type: 'otp' }] }),
    ...omit(toUser(tenant, user), 'logins_count', 'blocked', 'last_ip', 'last_login'),
    ...({ email: user.email || undefined } as { email: string }),
    user_id: user.user_id,
    app_metadata: user.app_metadata ?? {},
    user_metadata: user.user_metadata ?? {},
  }
}

/** `event.request`. `geoip` is what the tenant's settings say, as no place belongs to this machine's address. */
export function requestPart(
  tenant: Tenant,
  request: IncomingMessage,
  body: Record<string, string> = {},
): PostLoginEvent['request'] {
  const url = new URL(request.url ?? '/', tenant.origin)
  const language = request.headers['accept-language']?.split(/[,;]/)[0]
  return {
    ip: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '',
    method: request.method ?? 'GET',
    hostname: tenant.domain.split(':')[0] ?? '',
    query: Object.fromEntries(url.searchParams),
    body,
    geoip: tenant.directory.settings.geoip ?? {},
    ...(language && { language }),
    ...(request.headers['user-agent'] && { user_agent: request.headers['user-agent'] }),
  }
}
