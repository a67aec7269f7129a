import { Hono } from 'hono'
import { z } from 'zod'
import { endSessions, refreshTokensOf, revokeRefreshTokens, sessionsOf } from '../tenant/live-sessions.ts'
import { labelOf } from '../tenant/users.ts'
import type { RunningTenant } from '../tenant/tenant.ts'

const MAXIMUM_USERS = 50
const change = z.strictObject({ blocked: z.boolean().optional(), roles: z.array(z.string()).optional() })

/** A user as the tenant's own page shows one. */
export interface Person {
  user_id: string
  email: string
  name: string
  blocked: boolean
  /** Names of the roles held in the whole tenant. */
  roles: string[]
  /** Browsers logged in. */
  sessions: number
  refreshTokens: number
}

/** The users whose name or e-mail address contains the text, at most fifty, those logged in first. */
export function findPeople(tenant: RunningTenant, text = ''): Person[] {
  const wanted = text.trim().toLowerCase()
  const sessions = countBy(sessionsOf(tenant).map(({ userId }) => userId))
  const tokens = countBy(refreshTokensOf(tenant).map(({ user_id = '' }) => user_id))
  const users = [...tenant.directory.users.values()]
  const found = users.filter(({ email, name = '' }) => `${email} ${name}`.toLowerCase().includes(wanted))
  const isIn = ({ user_id }: { user_id: string }) => (sessions.has(user_id) ? 0 : 1)
  return (sessions.size > 0 ? found.sort((a, b) => isIn(a) - isIn(b)) : found)
    .slice(0, MAXIMUM_USERS)
    .map(({ blocked = false, roles = [], ...user }) => ({
      user_id: user.user_id,
      email: user.email,
      name: user.name ?? labelOf(user),
      blocked,
      roles,
      sessions: sessions.get(user.user_id) ?? 0,
      refreshTokens: tokens.get(user.user_id) ?? 0,
    }))
}

/** Levers on one user: block, roles, sessions, refresh tokens. */
export function peopleRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  app.get('/users', (c) => c.json(findPeople(tenant, c.req.query('q'))))
  app.patch('/users/:id', async (c) => {
    const { blocked, roles } = change.parse(await c.req.json().catch(() => undefined))
    const user = tenant.directory.users.get(c.req.param('id'))
    if (!user) return c.json({ error: 'There is no such user.' }, 404)
    const unknown = roles?.find((name) => !tenant.directory.roles.named(name))
    if (unknown !== undefined) return c.json({ error: `There is no role "${unknown}".` }, 422)
    if (blocked !== undefined) user.blocked = blocked
    if (roles) user.roles = roles
    return c.body(null, 204)
  })
  app.delete('/users/:id/sessions', (c) =>
    c.json({ expired: endSessions(tenant, ({ userId }) => userId === c.req.param('id')).length }),
  )
  app.delete('/users/:id/refresh-tokens', (c) =>
    c.json({ revoked: revokeRefreshTokens(tenant, ({ user_id }) => user_id === c.req.param('id')).length }),
  )
  return app
}

function countBy(ids: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
