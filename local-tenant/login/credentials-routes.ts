import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { requestPart } from '../actions/event.ts'
import { runPostUserRegistration, runPreUserRegistration, type Registration } from '../actions/run-trigger.ts'
import { connectionForEmail, isDatabase } from '../tenant/connections.ts'
import { loginPage, type LoginPage } from './pages/login-page.ts'
import { textsIn } from './pages/texts.ts'
import type { Connection } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { addUser, findUser, MINIMUM_PASSWORD_LENGTH } from '../tenant/users.ts'
import { logUser } from '../tenant/log-user.ts'
import { checkCredentials } from './check-credentials.ts'
import { addressOf, formFields } from './form-fields.ts'
import { finishLogin, withPending, type PendingLogin } from './flow.ts'

/** Login and sign-up with e-mail and password. */
export function credentialsRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()

  app.get(
    '/u/login',
    withPending(tenant, (c, pending) => show(c, pending, { mode: 'login' })),
  )
  app.get(
    '/u/signup',
    withPending(tenant, (c, pending) => show(c, pending, { mode: 'signup' })),
  )

  app.post(
    '/u/login',
    withPending(tenant, async (c, pending) => {
      const { email, password } = await readCredentials(c)
      const texts = textsIn(pending.language)
      const enterprise = connectionForEmail(pending.connections, email)
      if (enterprise) {
        const query = new URLSearchParams({
          state: pending.state,
          connection: enterprise.name,
          login_hint: email,
        })
        return c.redirect(`/u/connection?${query.toString()}`, 303)
      }
      const database = pending.connections.find(isDatabase)
      const again = (errors: Partial<LoginPage>) => show(c, pending, { mode: 'login', email, ...errors })
      if (!email || !database) return again({ emailError: texts.emailNeeded })
      if (!password) return again({ passwordError: texts.passwordNeeded })
      const attempt = { identifier: email, ip: addressOf(c), connection: database.name }
      const { user, refused } = await checkCredentials(tenant, database, { ...attempt, password })
      if (!user)
        return again({
          passwordError: refused === 'blocked' ? texts.tooManyAttempts : texts.wrongCredentials,
        })
      return finishLogin(tenant, c, pending, user, database)
    }),
  )

  app.post(
    '/u/signup',
    withPending(tenant, async (c, pending) => {
      const { email, password } = await readCredentials(c)
      const texts = textsIn(pending.language)
      const database = pending.connections.find(isDatabase)
      const again = (errors: Partial<LoginPage>) => show(c, pending, { mode: 'signup', email, ...errors })
      if (!database || !allowsSignup(pending) || !email.includes('@'))
        return again({ emailError: texts.emailNeeded })
      if (password.length < MINIMUM_PASSWORD_LENGTH) return again({ passwordError: texts.passwordTooWeak })
      if (findUser(tenant.directory, database, email)) return again({ emailError: texts.accountExists })
      const registration = registrationOf(c, pending, database)
      const { profile, refusal } = await runPreUserRegistration(tenant, { email }, registration)
      if (refusal) return again({ emailError: refusal.shown ?? texts.signupRefused })
      const user = addUser(tenant.directory, database, { email, password, ...profile })
      logUser(tenant, 'ss', user, { client_id: pending.client.client_id, ip: addressOf(c) })
      runPostUserRegistration(tenant, user, registration)
      return finishLogin(tenant, c, pending, user, database)
    }),
  )

  function registrationOf(
    c: Context,
    { client, organization }: PendingLogin,
    connection: Connection,
  ): Registration {
    const { incoming } = c.env as HttpBindings
    return {
      clientId: client.client_id,
      connection,
      organizationId: organization?.id,
      request: requestPart(tenant, incoming),
    }
  }

  function show(c: Context, pending: PendingLogin, page: Partial<LoginPage> & Pick<LoginPage, 'mode'>) {
    const failed = page.emailError ?? page.passwordError
    const view: LoginPage = {
      state: pending.state,
      language: pending.language,
      applicationName: pending.client.name,
      organizationName:
        pending.organization && (pending.organization.display_name ?? pending.organization.name),
      database: pending.connections.some(isDatabase),
      signup: allowsSignup(pending),
      connections: pending.connections.filter((connection) => !isDatabase(connection)),
      email: pending.params.login_hint ?? inviteeOf(pending) ?? '',
      ...page,
    }
    return c.html(loginPage(tenant, view), failed ? 400 : 200)
  }

  return app
}

async function readCredentials(c: Context): Promise<{ email: string; password: string }> {
  const { username = '', password = '' } = await formFields(c)
  return { email: username.trim(), password }
}

function allowsSignup({ connections }: PendingLogin): boolean {
  return connections.some((connection) => isDatabase(connection) && !connection.options?.disable_signup)
}

function inviteeOf({ organization, params }: PendingLogin): string | undefined {
  return organization?.invitations?.find(({ ticket_id }) => ticket_id === params.invitation)?.invitee.email
}
