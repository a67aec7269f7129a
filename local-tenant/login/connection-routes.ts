import { Hono } from 'hono'
import type { IdentityProvider } from './identity-provider.ts'
import { isDatabase } from '../tenant/connections.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { addUser, findUser } from '../tenant/users.ts'
import { findPending, finish, finishLogin, withPending } from './flow.ts'

/** The way out to a social or enterprise identity provider, and back. */
export function connectionRoutes(tenant: RunningTenant, identityProvider: IdentityProvider): Hono {
  const app = new Hono()

  app.get(
    '/u/connection',
    withPending(tenant, (c, { state, params, connections }) => {
      const name = c.req.query('connection') ?? params.connection
      const connection = connections.find((candidate) => candidate.name === name && !isDatabase(candidate))
      if (!connection) return c.redirect(`/u/login?state=${state}`, 303)
      const query = new URLSearchParams({ connection: connection.name, state })
      const hint = c.req.query('login_hint') ?? params.login_hint
      if (hint) query.set('login_hint', hint)
      return c.redirect(`${tenant.identityProviderOrigin}/authorize?${query.toString()}`, 303)
    }),
  )

  app.get('/login/callback', async (c) => {
    const { state = '', code = '', error } = c.req.query()
    const pending = await findPending(tenant, state)
    if (!pending) return c.redirect(`/u/login?state=${encodeURIComponent(state)}`, 303)
    const denied = { error: 'access_denied', error_description: 'User did not authorize the request' }
    if (error) return finish(c, pending, denied)
    const account = identityProvider.redeem(code)
    const connection = pending.connections.find(({ name }) => name === account?.connection)
    if (!account || !connection) return finish(c, pending, denied)
    const user =
      findUser(tenant.directory, connection, account.email) ??
      addUser(tenant.directory, connection, { email: account.email })
    return finishLogin(tenant, c, pending, user, connection)
  })

  return app
}
