import type { KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'
import { requestPart } from '../../actions/event.ts'
import { runPostUserRegistration, runPreUserRegistration } from '../../actions/run-trigger.ts'
import { connectionsFor } from '../../tenant/connections.ts'
import { logUser } from '../../tenant/log-user.ts'
import { passkeysOf, type Passkey } from '../../tenant/passkeys.ts'
import type { Client, Connection, User } from '../../tenant/seeds/schema.ts'
import type { PasskeySession, Tenant } from '../../tenant/tenant.ts'
import { addUser, connectionNameOf, findUser } from '../../tenant/users.ts'
import { tokenFields } from '../token-request.ts'
import { logInDirectly } from '../tokens/direct-login.ts'
import { TokenRefusal } from '../tokens/token-refusal.ts'
import { checkPasskey, keepPasskey } from './ceremonies.ts'

export const PASSKEY_GRANT = 'urn:okta:params:oauth:grant-type:webauthn'

/** What the checks need of a browser's answer before the library reads all of it. */
const answerSchema = z.looseObject({
  id: z.string(),
  response: z.looseObject({ clientDataJSON: z.string(), userHandle: z.string().nullish() }),
})
type Answer = z.infer<typeof answerSchema>

const refuse = (description: string) => new TokenRefusal(403, 'invalid_grant', description)

interface Place {
  client: Client
  connection: Connection
  session: PasskeySession
}

/** The webauthn grant: ends what `/passkey/register` or `/passkey/challenge` began. */
export async function passkeyGrant(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const { auth_session = '', authn_response = '', realm } = tokenFields(ctx.req)
  const session = tenant.passkeySessions.get(auth_session)
  // Good once, whatever comes of it.
  tenant.passkeySessions.delete(auth_session)
  const client = tenant.directory.clients.get(ctx.oidc.client?.clientId ?? '')
  const known = session && client && session.clientId === client.client_id
  if (!known || session.expires <= tenant.clock.now()) throw refuse('Invalid or expired auth_session.')
  const connection = connectionsFor(tenant.directory, client.client_id).find(
    ({ name }) => name === session.connection && (!realm || name === realm),
  )
  if (!connection) throw new TokenRefusal(400, 'invalid_request', 'the connection was not found')
  const place = { client, connection, session }
  const answer = readAnswer(authn_response)
  const user = session.signsUp
    ? await signUp(tenant, ctx, place, answer)
    : await recognize(tenant, place, answer)
  const about = { user, connection: connection.name, method: 'passkey' }
  await logInDirectly(tenant, ctx, { ...about, protocol: 'oauth2-webauthn' })
}

function readAnswer(text: string): Answer {
  try {
    return answerSchema.parse(JSON.parse(text))
  } catch {
    throw new TokenRefusal(400, 'invalid_request', 'Invalid authn_response')
  }
}

async function signUp(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  { client, connection, session }: Place,
  answer: Answer,
): Promise<User> {
  const { signsUp, challenge, userHandle = '' } = session
  if (!signsUp || findUser(tenant.directory, connection, signsUp.email))
    throw new TokenRefusal(400, 'invalid_request', 'The user already exists.')
  if (ownerOf(tenant, answer.id)) throw refuse('The passkey is known already.')
  const draft: User = { ...signsUp, user_id: '' }
  const about = { client, user: draft, challenge, userHandle }
  await keepPasskey(tenant, about, answer).catch((error: unknown) => {
    throw refuse(`The passkey was refused: ${(error as Error).message}`)
  })
  const request = requestPart(tenant, ctx.req)
  const registration = { clientId: client.client_id, connection, request }
  const { profile, refusal } = await runPreUserRegistration(tenant, signsUp, registration)
  if (refusal) throw new TokenRefusal(400, 'access_denied', refusal.reason)
  const { passkeys } = draft
  const user = addUser(tenant.directory, connection, { ...signsUp, ...profile, passkeys })
  logUser(tenant, 'ss', user, { client_id: client.client_id })
  runPostUserRegistration(tenant, user, registration)
  return user
}

async function recognize(
  tenant: Tenant,
  { client, connection, session: { challenge } }: Place,
  answer: Answer,
): Promise<User> {
  const { user, passkey } = ownerOf(tenant, answer.id) ?? {}
  if (!user || !passkey || connectionNameOf(tenant.directory, user) !== connection.name)
    throw refuse('The passkey is unknown.')
  // @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion step 6
  if ((answer.response.userHandle ?? passkey.user_handle) !== passkey.user_handle)
    throw refuse('The passkey belongs to another user.')
  await checkPasskey(tenant, { client, passkey, challenge }, answer).catch((error: unknown) => {
    logUser(tenant, 'passkey_challenge_failed', user, { client_id: client.client_id })
    throw refuse(`The passkey was refused: ${(error as Error).message}`)
  })
  return user
}

function ownerOf({ directory }: Tenant, keyId: string): { user: User; passkey: Passkey } | undefined {
  for (const user of directory.users.values()) {
    const passkey = passkeysOf(user).find(({ key_id }) => key_id === keyId)
    if (passkey) return { user, passkey }
  }
  return undefined
}
