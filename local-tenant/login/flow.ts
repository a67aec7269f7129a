import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Interaction } from 'oidc-provider'
import type { LoginRefusal, LoginResult } from './login-result.ts'
import type { Client, Connection, Organization, User } from '../tenant/seeds/schema.ts'
import { connectionsFor, isDatabase } from '../tenant/connections.ts'
import { errorPage } from './pages/error-page.ts'
import { chooseLanguage, type Language } from './pages/texts.ts'
import type { RunningTenant } from '../tenant/tenant.ts'

/** A pending authorization as the pages see it. */
export interface PendingLogin {
  interaction: Interaction
  state: string
  params: Record<string, string | undefined>
  client: Client
  organization: Organization | undefined
  connections: Connection[]
  language: Language
}

type Page = (c: Context, pending: PendingLogin) => Response | Promise<Response>

/** Runs a page for the request named by `state`; one that is unknown or has expired gets the error page. */
export function withPending(tenant: RunningTenant, page: Page) {
  return async (c: Context) => {
    const pending = await findPending(tenant, c.req.query('state') ?? '')
    if (pending) return page(c, pending)
    const description =
      'This login page has expired or was used already. Go back to the application and log in again.'
    return c.html(errorPage(tenant, { error: 'invalid_request', description }), 400)
  }
}

export async function findPending(tenant: RunningTenant, state: string): Promise<PendingLogin | undefined> {
  const interaction = await tenant.provider.Interaction.find(state)
  const params = interaction?.params as Record<string, string | undefined> | undefined
  const client = tenant.directory.clients.get(params?.client_id ?? '')
  if (!interaction || !params || !client) return undefined
  const picked = (interaction.lastSubmission as LoginResult | undefined)?.organization?.id
  const organization = tenant.directory.organizations.get(picked ?? params.organization ?? '')
  const enabled = connectionsFor(tenant.directory, client.client_id, organization)
  const asked = enabled.filter(({ name }) => name === params.connection)
  return {
    interaction,
    state,
    params,
    client,
    organization,
    connections: asked.length > 0 ? asked : enabled,
    language: chooseLanguage(params.ui_locales),
  }
}

/** Hands a result back to oidc-provider, which goes on to the next page or to the application. */
export async function finish(
  c: Context,
  { interaction }: PendingLogin,
  result: LoginResult | LoginRefusal,
): Promise<Response> {
  interaction.result = 'error' in result ? { ...result } : { ...interaction.lastSubmission, ...result }
  await interaction.save(Math.max(1, interaction.exp - Math.floor(Date.now() / 1000)))
  return c.redirect(interaction.returnTo, 303)
}

export async function finishLogin(
  tenant: RunningTenant,
  c: Context,
  pending: PendingLogin,
  user: User,
  connection: Connection,
): Promise<Response> {
  if (user.blocked) return finish(c, pending, { error: 'unauthorized', error_description: 'user is blocked' })
  await leaveOtherAccount(tenant, c, pending.interaction, user.user_id)
  const method = isDatabase(connection) ? 'pwd' : 'federated'
  return finish(c, pending, { login: { accountId: user.user_id, connection: connection.name, method } })
}

/** oidc-provider would ask for a logout in between; Auth0 just changes the session's user. */
async function leaveOtherAccount(
  { provider }: RunningTenant,
  c: Context,
  interaction: Interaction,
  userId: string,
): Promise<void> {
  const session = await provider.Session.find(getCookie(c, provider.cookieName('session')) ?? '')
  if (session && session.accountId !== userId) await session.destroy()
  // Another tab may have logged in since this request began.
  delete interaction.session
}
