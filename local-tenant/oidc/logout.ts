import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { decodeJwt, jwtVerify } from 'jose'
import { formFields } from '../login/form-fields.ts'
import { logoutPage } from '../login/pages/notice-pages.ts'
import { isDatabase } from '../tenant/connections.ts'
import { isAllowedUrl } from './callback-urls.ts'
import type { IdentityProvider } from '../login/identity-provider.ts'
import { errorPage } from '../login/pages/error-page.ts'
import { endSessions } from '../tenant/live-sessions.ts'
import { logUser } from '../tenant/log-user.ts'
import type { RunningTenant } from '../tenant/tenant.ts'

type LogoutContext = Context<{ Bindings: HttpBindings }>

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
  c: LogoutContext,
): Promise<Response> {
  const { client_id: clientId = '', returnTo, federated } = c.req.query()
  const allowed = allowedUrls(tenant, clientId)
  const connection = await endSession(tenant, c, clientId)
  if (returnTo !== undefined && !isAllowedLogout(returnTo, allowed)) {
    const description = `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL in "Allowed Logout URLs".`
    return c.html(errorPage(tenant, { error: 'invalid_request', description }), 400)
  }
  const target = returnTo ?? allowed[0]
  return leave(tenant, identityProvider, c, {
    target,
    connection: federated === undefined ? undefined : connection,
  })
}

/**
 * `/oidc/logout`, as OpenID Connect describes it. An ID token of this session ends it at once; without one the
 * visitor is asked first.
 *
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html
 */
export async function oidcLogout(
  tenant: RunningTenant,
  identityProvider: IdentityProvider,
  c: LogoutContext,
): Promise<Response> {
  const params: Record<string, string | undefined> = {
    ...c.req.query(),
    ...(c.req.method === 'POST' && (await formFields(c))),
  }
  const { id_token_hint: idToken, post_logout_redirect_uri: returnTo, state, federated, answer } = params
  const hint = idToken === undefined ? {} : await readHint(tenant, idToken)
  if (!hint) return refuseLogout(tenant, c, 'Invalid id_token_hint')
  const clientId = params.client_id ?? [hint.aud ?? []].flat()[0] ?? ''
  if (hint.aud && ![hint.aud].flat().includes(clientId)) return refuseLogout(tenant, c, 'Invalid client_id')
  const allowed = allowedUrls(tenant, clientId)
  if (returnTo !== undefined && !isAllowedLogout(returnTo, allowed)) {
    return refuseLogout(tenant, c, `The "post_logout_redirect_uri" parameter "${returnTo}" is not allowed.`)
  }
  const session = await sessionOf(tenant, c)
  const named = [hint.sid, params.logout_hint].includes(session.uid)
  if (session.accountId && !named && answer !== 'accept') {
    const kept = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return c.html(logoutPage(tenant, Object.fromEntries(kept)))
  }
  const connection = await endSession(tenant, c, clientId)
  const target = returnTo ?? allowed[0]
  const url = target === undefined ? undefined : withState(target, state)
  return leave(tenant, identityProvider, c, {
    target: url,
    connection: federated === undefined ? undefined : connection,
  })
}

function allowedUrls({ directory }: RunningTenant, clientId: string): string[] {
  return (directory.clients.get(clientId) ?? directory.settings).allowed_logout_urls ?? []
}

function isAllowedLogout(url: string, allowed: string[]): boolean {
  return isAllowedUrl(withoutQuery(url), allowed.map(withoutQuery))
}

function refuseLogout(tenant: RunningTenant, c: LogoutContext, description: string) {
  return c.html(errorPage(tenant, { error: 'invalid_request', description }), 400)
}

/** The claims of an ID token of this tenant, also of one that has expired. */
async function readHint(tenant: RunningTenant, idToken: string) {
  const byTenant = await tenant.keys.verify(idToken).catch(() => undefined)
  const payload = byTenant ?? (await verifyWithSecret(tenant, idToken).catch(() => undefined))
  return payload?.iss === tenant.issuer ? payload : undefined
}

async function verifyWithSecret({ directory }: RunningTenant, idToken: string) {
  const client = directory.clients.get(String(decodeJwt(idToken).aud))
  const secret = new TextEncoder().encode(client?.client_secret)
  return (await jwtVerify(idToken, secret, { algorithms: ['HS256'], currentDate: new Date(0) })).payload
}

function withState(url: string, state: string | undefined): string {
  if (state === undefined || !URL.canParse(url)) return url
  const target = new URL(url)
  target.searchParams.set('state', state)
  return target.href
}

/** Goes to the application, by way of the identity provider whose session has to end as well. */
function leave(
  tenant: RunningTenant,
  identityProvider: IdentityProvider,
  c: LogoutContext,
  { target, connection: name }: { target: string | undefined; connection: string | undefined },
): Response {
  const connection = tenant.directory.connections.named(name)
  if (connection && !isDatabase(connection)) {
    const ticket = identityProvider.allowReturn(toLocation(target ?? tenant.issuer))
    const query = new URLSearchParams({ connection: connection.name, ticket })
    return c.redirect(`${tenant.identityProviderOrigin}/logout?${query.toString()}`, 302)
  }
  return target === undefined ? c.text('OK') : c.redirect(toLocation(target), 302)
}

function sessionOf({ provider }: RunningTenant, { env: { incoming, outgoing } }: LogoutContext) {
  return provider.Session.get(provider.createContext(incoming, outgoing))
}

/** Ends the session and answers the connection it was logged in with. */
async function endSession(tenant: RunningTenant, c: LogoutContext, clientId: string) {
  const session = await sessionOf(tenant, c)
  const connection = tenant.sessions.get(session.uid)?.connection
  const user = tenant.directory.users.get(session.accountId ?? '')
  if (user) logUser(tenant, 'slo', user, { client_id: clientId })
  endSessions(tenant, ({ id }) => id === session.uid, 'rp-logout')
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
