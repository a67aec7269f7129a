import { Hono } from 'hono'
import { oneTimeCodePage, type OneTimeCodePage } from './pages/one-time-code-page.ts'
import { barcodeUri } from '../tenant/authenticators.ts'
import type { User } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { formFields } from './form-fields.ts'
import { finish, withPending, type PendingLogin } from './flow.ts'
import { isOneTimeCode, newOneTimeSecret, oneTimeCode } from '../tenant/one-time-code.ts'

/** The one-time code of an authenticator app, with enrolment for those who have none. */
export function secondFactorRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  /** Secrets shown but not yet proved by a first code, by user. */
  const pendingSecrets = new Map<string, string>()

  app.get(
    '/u/mfa-otp-challenge',
    withPending(tenant, (c, pending) => {
      const { secret, user } = secretOf(pending)
      tenant.log(`one-time code for ${user?.email ?? 'nobody'}: ${oneTimeCode(secret, tenant.clock.now())}`)
      return c.html(oneTimeCodePage(tenant, pageOf(pending)))
    }),
  )
  app.post(
    '/u/mfa-otp-challenge',
    withPending(tenant, async (c, pending) => {
      const { user, secret } = secretOf(pending)
      const { code = '' } = await formFields(c)
      if (!user || !isOneTimeCode(secret, code, tenant.clock.now())) {
        const error = 'The code is not right, or it has run out. Enter the one shown now.'
        return c.html(oneTimeCodePage(tenant, { ...pageOf(pending), error }), 400)
      }
      user.otp_secret = secret
      pendingSecrets.delete(user.user_id)
      return finish(c, pending, { mfa: true })
    }),
  )

  function pageOf(pending: PendingLogin): OneTimeCodePage {
    const { user, newSecret } = secretOf(pending)
    const { state } = pending
    if (!user || !newSecret) return { state }
    return { state, enrols: { secret: newSecret, uri: barcodeUri(tenant, user, newSecret) } }
  }

  function secretOf({ interaction }: PendingLogin): {
    user: User | undefined
    secret: string
    newSecret?: string
  } {
    const user = tenant.directory.users.get(interaction.session?.accountId ?? '')
    if (user?.otp_secret) return { user, secret: user.otp_secret }
    const userId = user?.user_id ?? ''
    const newSecret = pendingSecrets.get(userId) ?? newOneTimeSecret()
    pendingSecrets.set(userId, newSecret)
    return { user, secret: newSecret, newSecret }
  }

  return app
}
