import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { phoneNumber } from '../../tenant/phone-number.ts'
import { connectionsFor, isDatabase } from '../../tenant/connections.ts'
import type { Client, Connection } from '../../tenant/seeds/schema.ts'
import type { PasskeySession, RunningTenant } from '../../tenant/tenant.ts'
import { findUser } from '../../tenant/users.ts'
import { authenticateClient, requireGrantType } from '../client-authentication.ts'
import { answerRefusal, bodyFields } from '../json-body.ts'
import { TokenRefusal } from '../tokens/token-refusal.ts'
import { creationOptions, requestOptions } from './ceremonies.ts'
import { PASSKEY_GRANT } from './grant.ts'

const LIFETIME = 300

const registration = z.object({
  user_profile: z.strictObject({
    email: z.email(),
    phone_number: phoneNumber.optional(),
    username: z.string().max(128).optional(),
    name: z.string().max(300).optional(),
    given_name: z.string().max(150).optional(),
    family_name: z.string().max(150).optional(),
    nickname: z.string().max(300).optional(),
    picture: z.url().optional(),
  }),
  user_metadata: z
    .record(z.string(), z.string())
    .refine((metadata) => Object.keys(metadata).length <= 10)
    .optional(),
})

const invalid = (description: string) => new TokenRefusal(400, 'invalid_request', description)

/**
 * The passkey API: what a browser needs for a sign-up or a login with a passkey, which the webauthn grant ends.
 *
 * @see https://auth0.com/docs/authenticate/database-connections/passkeys/passkey-apis
 */
export function passkeyRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  app.use('/passkey/*', cors())
  app.onError(answerRefusal)

  app.post('/passkey/register', async (c) => {
    const fields = await bodyFields(c)
    const { client, connection } = applicant(fields)
    if (connection.options?.disable_signup) throw invalid('Sign-ups are disabled for the connection.')
    const { data, error } = registration.safeParse(fields)
    if (!data) throw invalid(z.prettifyError(error))
    const { user_profile: profile, user_metadata } = data
    const { email } = profile
    if (findUser(tenant.directory, connection, email)) throw invalid('The user already exists.')
    const options = await creationOptions(tenant, { name: email, displayName: profile.name ?? email })
    const signsUp = { ...profile, email: email.toLowerCase(), ...(user_metadata && { user_metadata }) }
    const kept = { challenge: options.challenge, userHandle: options.user.id, signsUp }
    return c.json({ auth_session: open(client, connection, kept), authn_params_public_key: options })
  })

  app.post('/passkey/challenge', async (c) => {
    const { client, connection } = applicant(await bodyFields(c))
    const options = await requestOptions(tenant)
    const auth_session = open(client, connection, { challenge: options.challenge })
    return c.json({ auth_session, authn_params_public_key: options })
  })

  function applicant(fields: Record<string, unknown>): { client: Client; connection: Connection } {
    const client = authenticateClient(tenant, fields)
    requireGrantType(client, PASSKEY_GRANT)
    if (client.is_first_party === false) throw invalid('Third-party applications may not use passkeys.')
    const realm = fields.realm ?? tenant.directory.settings.default_directory
    const databases = connectionsFor(tenant.directory, client.client_id).filter(isDatabase)
    const connection = databases.find(({ name }) => !realm || name === realm)
    if (!connection) throw invalid('the connection was not found')
    if (!connection.options?.authentication_methods?.passkey?.enabled)
      throw invalid('Passkeys are not enabled for the connection.')
    return { client, connection }
  }

  function open(
    { client_id: clientId }: Client,
    { name }: Connection,
    about: Pick<PasskeySession, 'challenge' | 'userHandle' | 'signsUp'>,
  ): string {
    const session = randomBytes(32).toString('base64url')
    const expires = tenant.clock.now() + LIFETIME
    tenant.passkeySessions.set(session, { ...about, clientId, connection: name, expires })
    return session
  }

  return app
}
