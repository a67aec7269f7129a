import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { isDatabase } from '../tenant/connections.ts'
import { formFields } from './form-fields.ts'
import { fontPath, serveFont } from './pages/font.ts'
import { errorPage } from './pages/error-page.ts'
import type { Connection } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { usersOf } from '../tenant/users.ts'
import { accountPage } from './pages/account-page.ts'
import type { IdentityProvider } from './identity-provider.ts'

/**
 * The social and enterprise identity providers, all in one, on an origin and with a session of their own: a
 * login here survives a logout at the tenant, unless that was federated.
 */
export function identityProviderRoutes(tenant: Tenant, identityProvider: IdentityProvider): Hono {
  const app = new Hono()
  const cookieOf = ({ id }: Connection) => `idp_${new URL(tenant.origin).port}_${id}`
  const findConnection = (name: string | undefined) => {
    const connection = tenant.directory.connections.named(name)
    return connection && !isDatabase(connection) ? connection : undefined
  }

  app.get(fontPath, serveFont)

  app.get('/authorize', (c) => {
    const { connection: name, state = '', login_hint: hint = '' } = c.req.query()
    const connection = findConnection(name)
    if (!connection)
      return c.html(errorPage(tenant, { error: 'invalid_request', description: 'Unknown provider.' }), 400)
    const remembered = getCookie(c, cookieOf(connection))
    if (remembered) return goBack(c, connection, state, remembered)
    const accounts = usersOf(tenant.directory, connection)
    return c.html(accountPage(tenant, { connection, state, accounts, email: hint }))
  })

  app.post('/authorize', async (c) => {
    const { connection: name, state = '' } = c.req.query()
    const connection = findConnection(name)
    const form = await formFields(c)
    const email = form.email?.trim() ?? ''
    if (!connection || form.cancel) return c.redirect(callback({ state, error: 'access_denied' }), 303)
    if (!email.includes('@')) {
      const accounts = usersOf(tenant.directory, connection)
      const error = 'Enter an email address.'
      return c.html(accountPage(tenant, { connection, state, accounts, email, error }), 400)
    }
    setCookie(c, cookieOf(connection), email, { httpOnly: true, sameSite: 'Lax', path: '/' })
    return goBack(c, connection, state, email)
  })

  app.get('/logout', (c) => {
    const connection = findConnection(c.req.query('connection'))
    if (connection) deleteCookie(c, cookieOf(connection), { path: '/' })
    return c.redirect(identityProvider.takeReturn(c.req.query('ticket') ?? '') ?? tenant.issuer, 302)
  })

  function goBack(c: Context, connection: Connection, state: string, email: string) {
    return c.redirect(
      callback({ state, code: identityProvider.issue({ connection: connection.name, email }) }),
      303,
    )
  }
  function callback(query: Record<string, string>): string {
    return `${tenant.origin}/login/callback?${new URLSearchParams(query).toString()}`
  }

  return app
}
