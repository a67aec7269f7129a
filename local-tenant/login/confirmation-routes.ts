import { Hono } from 'hono'
import { confirmationPage } from './pages/notice-pages.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { formFields } from './form-fields.ts'
import { finish, withPending } from './flow.ts'

/** Auth0's confirmation before a session is handed to a callback that it cannot verify. */
export function confirmationRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  app.get(
    '/u/confirmation',
    withPending(tenant, (c, { state, client, interaction }) => {
      const user = tenant.directory.users.get(interaction.session?.accountId ?? '')
      return c.html(
        confirmationPage(tenant, { state, applicationName: client.name, email: user?.email ?? '' }),
      )
    }),
  )
  app.post(
    '/u/confirmation',
    withPending(tenant, async (c, pending) => {
      const accepted = (await formFields(c)).answer === 'accept'
      if (accepted) return finish(c, pending, { confirmation: true })
      return finish(c, pending, {
        error: 'access_denied',
        error_description: 'User did not authorize the request',
      })
    }),
  )
  return app
}
