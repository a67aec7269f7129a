import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { phoneNumber } from '../../tenant/phone-number.ts'
import { requestPart } from '../../actions/event.ts'
import { findApi } from '../../tenant/apis.ts'
import {
  addAuthenticator,
  authenticatorsOf,
  barcodeUri,
  newAuthenticator,
  newRecoveryCode,
  removeAuthenticators,
  renewRecoveryCode,
  type Authenticator,
  type RecoveryCode,
} from '../../tenant/authenticators.ts'
import { isOneTimeCode, newOneTimeSecret } from '../../tenant/one-time-code.ts'
import { removePasskey } from '../../tenant/passkeys.ts'
import { sendCode } from '../../tenant/send-code.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { RunningTenant } from '../../tenant/tenant.ts'
import { checkProof } from '../dpop.ts'
import { bodyFields } from '../json-body.ts'
import { methodsOf, toMethod } from './methods.ts'
import { answerProblem, Problem } from './problem.ts'

const LIFETIME = 600
const path = '/me/v1/authentication-methods'
const delivery = z.enum(['sms', 'voice'])
const creation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('totp') }),
  z.strictObject({ type: z.literal('recovery-code') }),
  z.strictObject({ type: z.literal('email'), email: z.email() }),
  z.strictObject({
    ...{ type: z.literal('phone'), phone_number: phoneNumber },
    preferred_authentication_method: delivery.optional(),
  }),
])
const notHere = ['passkey', 'password', 'push-notification', 'webauthn-platform', 'webauthn-roaming']
const change = z.strictObject({
  name: z.string().max(20).optional(),
  preferred_authentication_method: delivery.optional(),
})

/** An enrolment that was not verified yet. */
interface Enrolment {
  userId: string
  authenticator: Authenticator
  /** Of an authenticator app. */
  secret?: string
  /** Sent by mail or to a phone. */
  code?: string
  /** Shown at once; it counts when it is verified. */
  recovery?: RecoveryCode
  /** Unix seconds. */
  expires: number
}

/**
 * The My Account API: what users see and change of their own account, with an access token for `{issuer}me/`.
 *
 * @see https://auth0.com/docs/api/myaccount
 */
export function myAccountRoutes(tenant: RunningTenant): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const enrolments = new Map<string, Enrolment>()
  app.use('/me/*', cors({ origin: '*', exposeHeaders: ['Location'] }))
  app.onError(answerProblem)

  app.get('/me/v1/factors', async (c) => {
    await userOf(c, 'read:me:factors')
    const secondary = ['totp', 'phone', 'email', 'recovery-code']
    return c.json({ factors: secondary.map((type) => ({ type, usage: ['secondary'] })) })
  })
  app.get(path, async (c) => {
    const { user } = await userOf(c, 'read:me:authentication_methods')
    const { type } = c.req.query()
    const all = methodsOf(tenant, user).filter((each) => type === undefined || each.type === type)
    return c.json({ authentication_methods: all })
  })
  app.get(`${path}/:id`, async (c) => {
    const { user } = await userOf(c, 'read:me:authentication_methods')
    return c.json(find(user, c.req.param('id')))
  })

  app.post(path, async (c) => {
    const { user, clientId } = await userOf(c, 'create:me:authentication_methods')
    const body = await bodyFields(c)
    if (notHere.includes(String(body.type)))
      throw new Problem(
        501,
        `The local tenant enrols no ${String(body.type)} here. Auth0 does: ask a real tenant.`,
      )
    const { data, error } = creation.safeParse(body)
    if (!data) throw new Problem(400, z.prettifyError(error))
    const recovery = data.type === 'recovery-code' ? newRecoveryCode(tenant) : undefined
    const authenticator = recovery ?? newAuthenticator(tenant, data)
    if (data.type === 'phone') authenticator.preferred_authentication_method ??= 'sms'
    const expires = tenant.clock.now() + LIFETIME
    const enrolment: Enrolment = { userId: user.user_id, authenticator, expires }
    const told: Record<string, unknown> = {}
    if (data.type === 'totp') {
      enrolment.secret = newOneTimeSecret()
      const uri = barcodeUri(tenant, user, enrolment.secret)
      Object.assign(told, { barcode_uri: uri, manual_input_code: enrolment.secret })
    } else if (recovery) {
      enrolment.recovery = recovery
      told.recovery_code = recovery.recovery_code
    } else {
      const request = requestPart(tenant, c.env.incoming)
      const about = { clientId, action: 'enrollment' as const, request }
      enrolment.code = await sendCode(tenant, user, authenticator, about).catch((cause: unknown) => {
        throw new Problem(400, `The message was not sent: ${(cause as Error).message}`)
      })
    }
    const auth_session = randomBytes(24).toString('base64url')
    enrolments.set(auth_session, enrolment)
    c.header('Location', `${tenant.origin}${path}/${encodeURIComponent(authenticator.id)}`)
    return c.json({ id: authenticator.id, auth_session, ...told }, 202)
  })

  app.post(`${path}/:id/verify`, async (c) => {
    const { user } = await userOf(c, 'create:me:authentication_methods')
    const { auth_session, otp_code } = await bodyFields(c)
    const enrolment = enrolments.get(String(auth_session))
    const known = enrolment?.userId === user.user_id && enrolment.authenticator.id === c.req.param('id')
    if (!known || enrolment.expires <= tenant.clock.now())
      throw new Problem(400, 'The auth_session is unknown or has expired.')
    const { authenticator, secret, code, recovery } = enrolment
    const typed = typeof otp_code === 'string' ? otp_code : ''
    const isRight = secret
      ? isOneTimeCode(secret, typed, tenant.clock.now())
      : recovery !== undefined || code === typed
    if (!isRight) throw new Problem(400, 'The otp_code is wrong.')
    enrolments.delete(String(auth_session))
    if (secret) removeAuthenticators(tenant, user, ({ type }) => type === 'totp')
    if (recovery) renewRecoveryCode(tenant, user, recovery)
    else addAuthenticator(tenant, user, authenticator)
    if (secret) user.otp_secret = secret
    c.header('Location', `${tenant.origin}${path}/${encodeURIComponent(authenticator.id)}`)
    return c.json(toMethod(authenticator), 201)
  })

  app.patch(`${path}/:id`, async (c) => {
    const { user } = await userOf(c, 'update:me:authentication_methods')
    const { id } = find(user, c.req.param('id'))
    const { data, error } = change.safeParse(await bodyFields(c))
    if (!data) throw new Problem(400, z.prettifyError(error))
    const all = authenticatorsOf(tenant, user)
    if (!all.some((each) => each.id === id)) throw new Problem(400, 'Nothing of this method can be changed.')
    user.authentication_methods = all.map((each) => (each.id === id ? { ...each, ...data } : each))
    return c.json(find(user, id))
  })

  app.delete(`${path}/:id`, async (c) => {
    const { user } = await userOf(c, 'delete:me:authentication_methods')
    const { id, type } = find(user, c.req.param('id'))
    if (type === 'password')
      throw new Problem(501, 'The local tenant deletes no password. Auth0 may: ask a real tenant.')
    if (!removePasskey(user, id)) removeAuthenticators(tenant, user, (each) => each.id === id)
    return c.body(null, 204)
  })

  function find(user: User, id: string) {
    const found = methodsOf(tenant, user).find((each) => each.id === id)
    if (!found) throw new Problem(404, 'The authentication method does not exist.')
    return found
  }

  /** The user of the request's access token. @throws {Problem} 401 or 403 */
  async function userOf(c: Context, scope: string): Promise<{ user: User; clientId: string }> {
    const [, scheme, token = ''] = /^(bearer|dpop) (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
    const payload = await tenant.keys.verify(token).catch(() => undefined)
    const { id } = findApi(tenant.directory, String([payload?.aud].flat()[0])) ?? {}
    const user = tenant.directory.users.get(payload?.sub ?? '')
    const current = (payload?.exp ?? 0) > tenant.clock.now()
    if (!payload || !user || id !== 'me' || !current) throw new Problem(401, 'Invalid token')
    const { jkt } = (payload.cnf ?? {}) as { jkt?: string }
    const isProved = scheme?.toLowerCase() === 'dpop'
    if (isProved !== (jkt !== undefined)) throw new Problem(401, 'Invalid token')
    if (isProved) {
      const target = { method: c.req.method, url: tenant.origin + c.req.path, accessToken: token }
      const proof = checkProof(c.req.header('dpop') ?? '', { ...target, now: tenant.clock.now() })
      const shown = await proof.catch(() => undefined)
      if (shown !== jkt) throw new Problem(401, 'Invalid DPoP proof')
    }
    if (!String(payload.scope).split(' ').includes(scope))
      throw new Problem(403, `Insufficient scope, expected any of: ${scope}`)
    return { user, clientId: String(payload.azp) }
  }

  return app
}
