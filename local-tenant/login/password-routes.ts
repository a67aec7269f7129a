import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { isDatabase } from '../tenant/connections.ts'
import { isCorsOrigin } from '../oidc/callback-urls.ts'
import { linkSentPage, messagePage, newPasswordPage, resetRequestPage } from './pages/notice-pages.ts'
import { textsIn } from './pages/texts.ts'
import type { Ticket } from '../tenant/mailbox.ts'
import type { Connection } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { logUser } from '../tenant/log-user.ts'
import { findUser, MINIMUM_PASSWORD_LENGTH } from '../tenant/users.ts'
import { setPassword } from '../tenant/passwords.ts'
import { formFields } from './form-fields.ts'
import { withPending } from './flow.ts'

const changeRequest = z.object({ email: z.string().optional(), connection: z.string().optional() }).catch({})
const SENT = "We've just sent you an email to reset your password."

/** Forgotten passwords: `/dbconnections/change_password`, the page behind "Forgot password?", and the mailed link. */
export function passwordRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  const known = (origin: string) => {
    const listed = [...tenant.directory.clients.values()].some((client) => isCorsOrigin(origin, client))
    return listed ? origin : null
  }

  app.use('/dbconnections/*', cors({ origin: known }))
  app.post('/dbconnections/change_password', async (c) => {
    const isJson = c.req.header('content-type')?.includes('json')
    const body: unknown = isJson ? await c.req.json().catch(() => ({})) : await formFields(c)
    const { email, connection: wanted } = changeRequest.parse(body)
    if (!email) return c.json({ error: 'email is required' }, 400)
    const connection = tenant.directory.connections.named(wanted)
    if (!connection || !isDatabase(connection)) return c.json({ error: 'connection does not exist' }, 400)
    sendLink(connection, email)
    return c.text(SENT)
  })

  app.get(
    '/u/reset-password/request',
    withPending(tenant, (c, { state, params }) =>
      c.html(resetRequestPage(tenant, { state, email: params.login_hint ?? '' })),
    ),
  )
  app.post(
    '/u/reset-password/request',
    withPending(tenant, async (c, { state, connections }) => {
      const { email = '' } = await formFields(c)
      const database = connections.find(isDatabase)
      if (database) sendLink(database, email)
      return c.html(linkSentPage(tenant, { state, lede: SENT }))
    }),
  )

  app.get('/u/reset-password', (c) => {
    const ticket = c.req.query('ticket') ?? ''
    return tenant.mailbox.peek(ticket, 'password') ? c.html(newPasswordPage(tenant, { ticket })) : expired(c)
  })
  app.post('/u/reset-password', async (c) => {
    const secret = c.req.query('ticket') ?? ''
    const { password = '' } = await formFields(c)
    if (password.length < MINIMUM_PASSWORD_LENGTH) {
      return c.html(newPasswordPage(tenant, { ticket: secret, error: textsIn('en').passwordTooWeak }), 400)
    }
    const ticket = tenant.mailbox.redeem(secret, 'password')
    const user = tenant.directory.users.get(ticket?.userId ?? '')
    if (!ticket || !user) return expired(c)
    setPassword(tenant, user, password)
    if (ticket.verifiesEmail) user.email_verified = true
    logUser(tenant, 'scp', user)
    return done(c, ticket, 'Password changed')
  })

  app.get('/u/email-verification', (c) => {
    const ticket = tenant.mailbox.redeem(c.req.query('ticket') ?? '', 'verification')
    const user = tenant.directory.users.get(ticket?.userId ?? '')
    if (!ticket || !user) return expired(c)
    user.email_verified = true
    logUser(tenant, 'sv', user)
    return done(c, ticket, 'Email verified')
  })

  function done(c: Context, { resultUrl }: Ticket, title: string) {
    if (resultUrl) return c.redirect(resultUrl, 302)
    return c.html(messagePage(tenant, { title, lede: 'Go back to the application and log in.' }))
  }

  function expired(c: Context) {
    const page = { title: 'Link expired', lede: 'Ask for a new link from the login page.' }
    return c.html(messagePage(tenant, page), 400)
  }

  /** Says the same whether or not the account exists, as Auth0 does. */
  function sendLink(connection: Connection, email: string) {
    const user = findUser(tenant.directory, connection, email)
    if (!user) return
    const ticket = tenant.mailbox.issueTicket({ purpose: 'password', userId: user.user_id })
    const link = `${tenant.origin}/u/reset-password?ticket=${ticket}`
    tenant.mailbox.send({ to: user.email, subject: 'Reset your password', link })
  }

  return app
}
