import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { requestPart } from '../actions/event.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { finish, withPending, type PendingLogin } from './flow.ts'
import { formFields } from './form-fields.ts'

/** `/continue`: the way back from a page that an Auth0 Action sent to. The Action goes on in `onContinuePostLogin`. */
export function continueRoutes(tenant: RunningTenant): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const goOn = async (c: Context, pending: PendingLogin) => {
    const body = c.req.method === 'POST' ? await formFields(c) : {}
    const { incoming } = c.env as HttpBindings
    return finish(c, pending, { continued: requestPart(tenant, incoming, body as Record<string, string>) })
  }
  app.on(['GET', 'POST'], '/continue', withPending(tenant, goOn))
  return app
}
