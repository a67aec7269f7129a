import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { phoneNumber } from '../../tenant/phone-number.ts'
import { requestPart } from '../../actions/event.ts'
import {
  authenticatorsOf,
  barcodeUri,
  isEnrolled,
  maskAuthenticator,
  newAuthenticator,
  newRecoveryCode,
  removeAuthenticators,
  type Authenticator,
} from '../../tenant/authenticators.ts'
import { newOneTimeSecret } from '../../tenant/one-time-code.ts'
import { sendCode, type CodeRequest } from '../../tenant/send-code.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { MfaTransaction, RunningTenant } from '../../tenant/tenant.ts'
import { authenticateClient, requireGrantType } from '../client-authentication.ts'
import { answerRefusal, bearerToken, bodyFields } from '../json-body.ts'
import { notReproduced } from '../not-reproduced.ts'
import { TokenRefusal } from '../tokens/token-refusal.ts'
import { mfaGrantTypes } from './grants.ts'
import { findTransaction } from './transactions.ts'

type Transaction = MfaTransaction & { user: User }

const association = z.object({
  authenticator_types: z.array(z.enum(['otp', 'oob'])).min(1),
  oob_channels: z
    .array(z.enum(['sms', 'voice', 'email', 'auth0']))
    .min(1)
    .optional(),
  phone_number: phoneNumber.optional(),
  email: z.email().optional(),
})

/**
 * The MFA API: enrolment and challenges for a login that waits for its second factor.
 *
 * @see https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-developer-resources/mfa-api
 */
export function mfaRoutes(tenant: RunningTenant): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use('/mfa/*', cors())
  app.onError(answerRefusal)

  app.post('/mfa/challenge', async (c) => {
    const fields = await bodyFields(c)
    const client = authenticateClient(tenant, fields)
    const transaction = await findTransaction(tenant, String(fields.mfa_token ?? ''))
    if (transaction.grant.clientId !== client.client_id) throw malformed()
    const wanted = String(fields.challenge_type ?? 'otp oob').split(' ')
    const chosen = chooseAuthenticator(tenant, transaction.user, wanted, fields)
    if (chosen.type === 'totp') return c.json({ challenge_type: 'otp' })
    const oob_code = await send(c, transaction, chosen, { action: 'second-factor-authentication' })
    return c.json({ challenge_type: 'oob', oob_code, binding_method: 'prompt' })
  })

  app.post('/mfa/associate', async (c) => {
    const transaction = await authorized(c, 'enroll')
    const { user, scopes } = transaction
    const first = !isEnrolled(tenant, user)
    if (!first && !scopes) throw new TokenRefusal(403, 'access_denied', 'User is already enrolled.')
    const { data } = association.safeParse(await bodyFields(c))
    if (!data) throw invalid('Invalid request body')
    const { authenticator_types, oob_channels: [channel = 'sms'] = [], phone_number, email } = data
    if (authenticator_types[0] === 'oob' && channel === 'auth0')
      return c.json(notReproduced('push notifications'), 501)
    function recovery(): { recovery_codes?: string[] } {
      if (!first) return {}
      transaction.newRecoveryCode = newRecoveryCode(tenant)
      return { recovery_codes: [transaction.newRecoveryCode.recovery_code] }
    }
    if (authenticator_types[0] === 'otp') {
      const secret = newOneTimeSecret()
      transaction.newSecret = secret
      const barcode_uri = barcodeUri(tenant, user, secret)
      return c.json({ authenticator_type: 'otp', secret, barcode_uri, ...recovery() })
    }
    const enrols = toEnrol(channel, { phone_number, email: email ?? user.email })
    const oob_code = await send(c, transaction, enrols, { action: 'enrollment' }, enrols)
    const about = { authenticator_type: 'oob', binding_method: 'prompt', oob_channel: channel, oob_code }
    return c.json({ ...about, ...recovery() })
  })

  app.get('/mfa/authenticators', async (c) => {
    const { user } = await authorized(c, 'read:authenticators')
    return c.json(authenticatorsOf(tenant, user).map(toListed))
  })

  app.delete('/mfa/authenticators/:id', async (c) => {
    const { user, scopes } = await authorized(c, 'remove:authenticators')
    if (!scopes) throw new TokenRefusal(403, 'access_denied', 'Insufficient scope: remove:authenticators')
    const id = c.req.param('id')
    if (!authenticatorsOf(tenant, user).some((each) => each.id === id))
      throw new TokenRefusal(404, 'not_found', 'Authenticator not found')
    removeAuthenticators(tenant, user, (each) => each.id === id)
    return c.body(null, 204)
  })

  /** The token's login, of an application that may use the MFA API. */
  async function authorized(c: Context, scope: string): Promise<Transaction> {
    const token = bearerToken(c)
    if (!token) throw new TokenRefusal(401, 'access_denied', 'Unauthorized')
    const transaction = await findTransaction(tenant, token)
    const client = tenant.directory.clients.get(transaction.grant.clientId)
    const [grantType = ''] = mfaGrantTypes
    if (client && !mfaGrantTypes.some((type) => client.grant_types?.includes(type)))
      requireGrantType(client, grantType)
    if (transaction.scopes && !transaction.scopes.includes(scope))
      throw new TokenRefusal(403, 'access_denied', `Insufficient scope: ${scope}`)
    return transaction
  }

  /** Sends a code and answers the `oob_code` under which it can be typed back. */
  async function send(
    c: Context,
    { user, sent, grant: { clientId } }: Transaction,
    to: Authenticator,
    { action }: Pick<CodeRequest, 'action'>,
    enrols?: Authenticator,
  ): Promise<string> {
    const { incoming } = c.env as HttpBindings
    const request = requestPart(tenant, incoming)
    const code = await sendCode(tenant, user, to, { clientId, action, request }).catch((error: unknown) => {
      throw new TokenRefusal(400, 'invalid_request', `The message was not sent: ${(error as Error).message}`)
    })
    const oobCode = `Fe26.2*${randomBytes(16).toString('base64url')}`
    sent.set(oobCode, { code, enrols })
    return oobCode
  }

  function toEnrol(channel: string, about: { phone_number?: string | undefined; email: string }) {
    if (channel === 'email') return newAuthenticator(tenant, { type: 'email', email: about.email })
    if (!about.phone_number) throw invalid('Missing required parameter: phone_number')
    const { phone_number } = about
    const preferred_authentication_method = channel === 'voice' ? ('voice' as const) : ('sms' as const)
    return newAuthenticator(tenant, { type: 'phone', phone_number, preferred_authentication_method })
  }

  return app
}

function chooseAuthenticator(
  tenant: RunningTenant,
  user: User,
  wanted: string[],
  { authenticator_id, oob_channel }: Record<string, unknown>,
): Authenticator {
  if (!isEnrolled(tenant, user)) {
    const text =
      'User is not enrolled. You can use /mfa/associate endpoint to enroll the first authenticator.'
    throw new TokenRefusal(403, 'association_required', text)
  }
  const fitting = authenticatorsOf(tenant, user).filter(
    (each) =>
      each.type !== 'recovery-code' &&
      wanted.includes(each.type === 'totp' ? 'otp' : 'oob') &&
      (authenticator_id === undefined || each.id === authenticator_id) &&
      (oob_channel === undefined || each.type === 'totp' || channelOf(each) === oob_channel),
  )
  // Mail is asked for last, as it may be the login's own address.
  const chosen = fitting.find(({ type }) => type !== 'email') ?? fitting[0]
  if (chosen) return chosen
  const text = 'User does not have any authenticator that supports the requested challenge types.'
  throw new TokenRefusal(400, 'unsupported_challenge_type', text)
}

function channelOf({ type, preferred_authentication_method = 'sms' }: Authenticator): string {
  return type === 'email' ? 'email' : preferred_authentication_method
}

function toListed(each: Authenticator) {
  const { id, type, confirmed: active, name, phone_number, email } = maskAuthenticator(each)
  if (type === 'recovery-code') return { id, authenticator_type: type, type, active }
  if (type === 'totp') return { id, authenticator_type: 'otp', type: 'otp', active, name }
  const channel = { oob_channel: channelOf(each), name: name ?? phone_number ?? email }
  return { id, authenticator_type: 'oob', type, active, ...channel }
}

function malformed(): TokenRefusal {
  return new TokenRefusal(403, 'invalid_grant', 'Malformed mfa_token')
}

function invalid(description: string): TokenRefusal {
  return new TokenRefusal(400, 'invalid_request', description)
}
