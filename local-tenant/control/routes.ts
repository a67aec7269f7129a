import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { oneTimeCode } from '../tenant/one-time-code.ts'
import { endSessions } from '../tenant/live-sessions.ts'
import { peopleRoutes } from './people.ts'
import { tenantSettingsSchema } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'

const schemas = {
  deny: z.strictObject({
    error: z.string().default('access_denied'),
    error_description: z.string().default('Denied by the control API'),
  }),
  fault: z.strictObject({
    kind: z.enum([
      'rate-limit',
      'delay',
      'stall',
      'cut',
      'truncate',
      'html',
      'status',
      'redirect',
      'endless',
    ]),
    path: z.string(),
    method: z.string().optional(),
    times: z.number().int().positive().optional(),
    seconds: z.number().nonnegative().optional(),
    status: z.number().int().min(200).max(599).optional(),
    location: z.string().optional(),
  }),
  clock: z.strictObject({ offset: z.number() }),
  cookies: z.strictObject({ blocked: z.boolean() }),
  user: z.strictObject({ email: z.string() }),
}

/** The control API: faults and levers for tests, under `/control`. JSON only, so that no foreign page can post to it. */
export function controlRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  const { control, store } = tenant
  const userId = (email: string) => tenant.directory.users.named(email.toLowerCase())?.user_id

  app.use(async (c, next) => {
    const reads = c.req.method === 'GET'
    if (!reads && !c.req.header('content-type')?.startsWith('application/json')) {
      return c.json({ error: 'Send JSON, with the content type application/json.' }, 415)
    }
    return next()
  })
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 422)
    throw error
  })

  app.post('/deny-next-login', async (c) => {
    control.denyNextLogin = await read(c, schemas.deny)
    return c.body(null, 204)
  })
  app.post('/expire-sessions', (c) => {
    const { length: expired } = endSessions(tenant, () => true, 'session-expired')
    store.remove('Session', () => true)
    return c.json({ expired })
  })
  app.post('/revoke-refresh-tokens', async (c) => {
    const id = userId((await read(c, schemas.user)).email)
    return c.json({ revoked: store.remove('RefreshToken', ({ accountId }) => accountId === id) })
  })
  app.route('/', peopleRoutes(tenant))
  app.post('/keys/rotate', async (c) => {
    await tenant.keys.rotate()
    return c.json(tenant.keys.jwks())
  })
  app.post('/keys/withdraw', (c) => {
    tenant.keys.withdraw()
    return c.json(tenant.keys.jwks())
  })
  app.post('/clock', async (c) => {
    tenant.clock.shift((await read(c, schemas.clock)).offset)
    return c.json({ now: tenant.clock.now() })
  })
  app.post('/third-party-cookies', async (c) => {
    control.thirdPartyCookiesBlocked = (await read(c, schemas.cookies)).blocked
    return c.body(null, 204)
  })
  app.patch('/tenant', async (c) => {
    Object.assign(tenant.directory.settings, await read(c, tenantSettingsSchema))
    return c.json(tenant.directory.settings)
  })

  app.post('/faults', async (c) => {
    control.faults.push(await read(c, schemas.fault))
    return c.body(null, 204)
  })
  app.delete('/faults', (c) => {
    control.faults.length = 0
    return c.body(null, 204)
  })

  app.get('/requests', (c) => {
    const path = c.req.query('path') ?? '/'
    return c.json(control.requests.filter((entry) => entry.path.startsWith(path)))
  })
  app.delete('/requests', (c) => {
    control.requests.length = 0
    return c.body(null, 204)
  })
  app.get('/mails', (c) => c.json(tenant.mailbox.mails()))
  app.get('/one-time-code', (c) => {
    const secret = tenant.directory.users.get(userId(c.req.query('email') ?? '') ?? '')?.otp_secret
    return secret
      ? c.json({ code: oneTimeCode(secret, tenant.clock.now()) })
      : c.json({ error: 'No authenticator.' }, 404)
  })

  return app
}

/** @throws {z.ZodError} when the body is not what the schema asks for, or no JSON */
async function read<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await c.req.json().catch(() => undefined))
}
