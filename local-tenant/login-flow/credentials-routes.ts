import { Hono, type Context } from 'hono'
import { connectionForEmail, isDatabase } from '../authorize/connections.ts'
import { loginPage, type LoginPage } from '../login-pages/login-page.ts'
import { textsIn } from '../login-pages/texts.ts'
import type { RunningTenant } from '../state/tenant.ts'
import { addUser, findUser, MINIMUM_PASSWORD_LENGTH } from '../state/users.ts'
import { formFields } from './form-fields.ts'
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
      const user = findUser(tenant.directory, database, email)
      if (user?.password !== password) return again({ passwordError: texts.wrongCredentials })
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
      const user = addUser(tenant.directory, database, { email, password })
      return finishLogin(tenant, c, pending, user, database)
    }),
  )

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
