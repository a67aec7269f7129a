import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { isDatabase } from '../authorize/connections.ts'
import { isAllowedUrl } from '../authorize/callback-urls.ts'
import type { IdentityProvider } from '../identity-provider/identity-provider.ts'
import { errorPage } from '../login-pages/error-page.ts'
import type { RunningTenant } from '../state/tenant.ts'

/**
 * `/v2/logout`: ends the browser's session at the tenant and goes to an allowed URL. With `client_id` the
 * application's list counts, without it the tenant's; query and hash of `returnTo` are not compared. With
 * `federated` the identity provider's session ends too.
 *
 * @see https://auth0.com/docs/authenticate/login/logout/redirect-users-after-logout
 */
export async function logout(
  tenant: RunningTenant,
  identityProvider: IdentityProvider,
  c: Context<{ Bindings: HttpBindings }>,
): Promise<Response> {
  const { client_id: clientId, returnTo, federated } = c.req.query()
  const client = tenant.directory.clients.get(clientId ?? '')
  const allowed = (client ?? tenant.directory.settings).allowed_logout_urls ?? []
  const connectionName = await endSession(tenant, c)
  const target = returnTo ?? allowed[0]
  if (returnTo !== undefined && !isAllowedUrl(withoutQuery(returnTo), allowed.map(withoutQuery))) {
    const description = `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL in "Allowed Logout URLs".`
    return c.html(errorPage(tenant, { error: 'invalid_request', description }), 400)
  }
  const connection = [...tenant.directory.connections.values()].find(({ name }) => name === connectionName)
  if (federated !== undefined && connection && !isDatabase(connection)) {
    const ticket = identityProvider.allowReturn(toLocation(target ?? tenant.issuer))
    const query = new URLSearchParams({ connection: connection.name, ticket })
    return c.redirect(`${tenant.identityProviderOrigin}/logout?${query.toString()}`, 302)
  }
  return target === undefined ? c.text('OK') : c.redirect(toLocation(target), 302)
}

/** Ends the session and answers the connection it was logged in with. */
async function endSession(tenant: RunningTenant, c: Context<{ Bindings: HttpBindings }>) {
  const { incoming, outgoing } = c.env
  const session = await tenant.provider.Session.get(tenant.provider.createContext(incoming, outgoing))
  const connection = tenant.sessions.get(session.uid)?.connection
  tenant.sessions.delete(session.uid)
  await session.destroy()
  return connection
}

/** What no header may hold is percent-encoded. */
function toLocation(url: string): string {
  return url.replace(/[^\x21-\x7e]/gu, encodeURIComponent)
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}
