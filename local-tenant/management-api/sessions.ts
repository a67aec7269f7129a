import { z } from 'zod'
import type { RunningTenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { invalidBody, ManagementApiError, notFound } from './errors.ts'
import { findUser } from './find.ts'
import { operation, type Operation } from './operation.ts'
import { checkpointPage, totals } from './paging.ts'
import {
  endSessions,
  refreshTokensOf,
  revokeRefreshTokens,
  sessionsOf,
  setRefreshTokenMetadata,
  toDate,
  type LiveSession,
} from '../tenant/live-sessions.ts'

const metadata = z
  .record(z.string().max(255), z.string().max(255).nullable())
  .refine((value) => Object.keys(value).length <= 25, { error: 'Too many properties defined, maximum 25' })
  .nullable()

/** Sessions and refresh tokens: what is deleted or revoked here no longer works in the browser. */
export const sessionOperations: Operation[] = [
  operation({
    on: 'GET /users/:id/sessions',
    scopes: ['read:sessions'],
    query: totals,
    handle({ tenant, param, query }) {
      const { user_id } = findUser(tenant, param('id'))
      const found = sessionsOf(tenant).filter(({ userId }) => userId === user_id)
      return checkpointPage(
        found.map((session) => toSession(tenant, session)),
        query,
        'sessions',
      )
    },
  }),
  operation({
    on: 'DELETE /users/:id/sessions',
    scopes: ['delete:sessions'],
    status: 202,
    handle({ tenant, param }) {
      endSessions(tenant, ({ userId }) => userId === param('id'))
      return {}
    },
  }),
  operation({
    on: 'GET /sessions/:id',
    scopes: ['read:sessions'],
    handle: ({ tenant, param }) => toSession(tenant, findSession(tenant, param('id'))),
  }),
  operation({
    on: 'PATCH /sessions/:id',
    scopes: ['update:sessions'],
    body: fields({ session_metadata: metadata }),
    handle({ tenant, param, body }) {
      const session = findSession(tenant, param('id'))
      const context = tenant.sessions.get(session.id)
      if (context) context.metadata = body.session_metadata ?? undefined
      return toSession(tenant, session)
    },
  }),
  operation({
    on: 'DELETE /sessions/:id',
    scopes: ['delete:sessions'],
    status: 202,
    handle({ tenant, param }) {
      endSessions(tenant, ({ id }) => id === param('id'))
      return {}
    },
  }),
  operation({
    on: 'POST /sessions/:id/revoke',
    scopes: ['delete:sessions', 'delete:refresh_tokens'],
    status: 202,
    handle({ tenant, param }) {
      const { id } = findSession(tenant, param('id'))
      endSessions(tenant, (session) => session.id === id)
      revokeRefreshTokens(tenant, ({ session_id }) => session_id === id)
      return {}
    },
  }),
  operation({
    on: 'POST /users/:id/revoke-access',
    scopes: ['delete:sessions', 'delete:refresh_tokens'],
    status: 202,
    body: fields({ session_id: z.string().optional(), preserve_refresh_tokens: z.boolean().optional() }),
    handle({ tenant, param, body: { session_id, preserve_refresh_tokens } }) {
      const { user_id } = findUser(tenant, param('id'))
      endSessions(
        tenant,
        ({ userId, id }) => userId === user_id && (session_id === undefined || id === session_id),
      )
      if (!preserve_refresh_tokens)
        revokeRefreshTokens(
          tenant,
          (token) =>
            token.user_id === user_id && (session_id === undefined || token.session_id === session_id),
        )
      return {}
    },
  }),
  operation({
    on: 'GET /users/:id/refresh-tokens',
    scopes: ['read:refresh_tokens'],
    query: totals,
    handle({ tenant, param, query }) {
      const { user_id } = findUser(tenant, param('id'))
      const found = refreshTokensOf(tenant).filter((token) => token.user_id === user_id)
      return checkpointPage(found, query, 'tokens')
    },
  }),
  operation({
    on: 'DELETE /users/:id/refresh-tokens',
    scopes: ['delete:refresh_tokens'],
    status: 202,
    handle({ tenant, param }) {
      revokeRefreshTokens(tenant, ({ user_id }) => user_id === param('id'))
      return {}
    },
  }),
  operation({
    on: 'GET /refresh-tokens',
    scopes: ['read:refresh_tokens'],
    handle({ tenant, query: { user_id, client_id, ...query } }) {
      if (!user_id) throw invalidBody('Missing required property: user_id')
      const found = refreshTokensOf(tenant).filter(
        (token) => token.user_id === user_id && (!client_id || token.client_id === client_id),
      )
      return checkpointPage(found, query, 'refresh_tokens')
    },
  }),
  operation({
    on: 'POST /refresh-tokens/revoke',
    scopes: ['delete:refresh_tokens'],
    status: 202,
    body: fields({
      ids: z.array(z.string()).min(1).max(100).optional(),
      user_id: z.string().optional(),
      client_id: z.string().optional(),
      audience: z.string().optional(),
    }),
    handle({ tenant, body: { ids, user_id, client_id, audience } }) {
      if (!ids && !user_id && !client_id)
        throw new ManagementApiError(400, 'Name ids, or a user_id, or a client_id.', 'invalid_body')
      revokeRefreshTokens(
        tenant,
        (token) =>
          (!ids || ids.includes(token.id)) &&
          (!user_id || token.user_id === user_id) &&
          (!client_id || token.client_id === client_id) &&
          (!audience || token.resource_servers.some((server) => server.audience === audience)),
      )
      return {}
    },
  }),
  operation({
    on: 'GET /refresh-tokens/:id',
    scopes: ['read:refresh_tokens'],
    handle: ({ tenant, param }) => findToken(tenant, param('id')),
  }),
  operation({
    on: 'PATCH /refresh-tokens/:id',
    scopes: ['update:refresh_tokens'],
    body: fields({ refresh_token_metadata: metadata }),
    handle({ tenant, param, body }) {
      const { id } = findToken(tenant, param('id'))
      setRefreshTokenMetadata(tenant, id, body.refresh_token_metadata ?? {})
      return findToken(tenant, id)
    },
  }),
  operation({
    on: 'DELETE /refresh-tokens/:id',
    scopes: ['delete:refresh_tokens'],
    handle: ({ tenant, param }) => void revokeRefreshTokens(tenant, ({ id }) => id === param('id')),
  }),
]

function findSession(tenant: RunningTenant, id: string): LiveSession {
  const session = sessionsOf(tenant).find((each) => each.id === id)
  if (!session) throw notFound('The session does not exist.', 'inexistent_session')
  return session
}

function findToken(tenant: RunningTenant, id: string) {
  const token = refreshTokensOf(tenant).find((each) => each.id === id)
  if (!token) throw notFound('The refresh token does not exist.', 'inexistent_refresh_token')
  return token
}

function toSession({ sessions, directory }: RunningTenant, { id, userId, payload }: LiveSession) {
  const context = sessions.get(id)
  const { session_lifetime = 168 } = directory.settings
  const loginAt = Number(payload.loginTs ?? payload.iat)
  return {
    id,
    user_id: userId,
    created_at: toDate(loginAt),
    updated_at: toDate(Number(payload.iat)),
    authenticated_at: toDate(loginAt),
    idle_expires_at: toDate(Number(payload.exp)),
    expires_at: toDate(loginAt + session_lifetime * 3_600),
    last_interacted_at: toDate(Number(payload.iat)),
    device: context?.device ?? {},
    clients: Object.keys((payload.authorizations ?? {}) as object).map((client_id) => ({ client_id })),
    authentication: { methods: context?.methods ?? [] },
    cookie: { mode: 'persistent' },
    session_metadata: context?.metadata ?? null,
  }
}
