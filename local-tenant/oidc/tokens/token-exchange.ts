import type { KoaContextWithOIDC } from 'oidc-provider'
import { requestPart } from '../../actions/event.ts'
import { changeMetadata } from '../../actions/post-login-context.ts'
import { runTokenExchange, type ExchangeOutcome } from '../../actions/token-exchange.ts'
import { omit } from '../../management-api/omit.ts'
import { connectionsFor } from '../../tenant/connections.ts'
import { findOrganization } from '../../tenant/organizations.ts'
import type { Action } from '../../tenant/seeds/actions.ts'
import type { User } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { addUser, connectionNameOf, findUser, userIdIn } from '../../tenant/users.ts'
import { notReproduced } from '../not-reproduced.ts'
import { tokenFields } from '../token-request.ts'
import { logInDirectly } from './direct-login.ts'
import { TokenRefusal } from './token-refusal.ts'

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
/** What a user who is there already cannot be told to be. */
const fixed = ['email', 'email_verified', 'phone_number', 'phone_verified', 'username']

const refuse = (description: string) => new TokenRefusal(400, 'invalid_request', description)

/**
 * Custom token exchange: the Auth0 Action of the profile for this `subject_token_type` says whose token it is.
 *
 * @see https://auth0.com/docs/authenticate/custom-token-exchange
 */
export async function tokenExchange(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const fields = tokenFields(ctx.req)
  const { subject_token: subjectToken, subject_token_type: subjectTokenType } = fields
  if (!subjectToken) throw refuse('Missing required parameter: subject_token')
  if (!subjectTokenType) throw refuse('Missing required parameter: subject_token_type')
  if (fields.actor_token) {
    const { error, error_description } = notReproduced('a token exchange with an actor_token')
    throw new TokenRefusal(501, error, error_description)
  }
  const action = actionFor(tenant, subjectTokenType)
  const clientId = ctx.oidc.client?.clientId ?? ''
  const attempt = { identifier: subjectTokenType, ip: ctx.req.socket.remoteAddress ?? '', connection: '' }
  if (tenant.bruteForce.isBlocked(attempt))
    throw new TokenRefusal(429, 'too_many_attempts', 'Too many invalid subject tokens from this address.')
  const named = fields.organization ? findOrganization(tenant.directory, fields.organization) : undefined
  const { outcome, refusal } = await runTokenExchange(tenant, action, {
    ...{ clientId, subjectToken, subjectTokenType, organizationId: named?.id },
    audience: fields.audience || tenant.directory.settings.default_audience,
    scopes: fields.scope?.split(' ').filter(Boolean) ?? [],
    request: requestPart(tenant, ctx.req, fields),
  })
  if (outcome.invalidToken) tenant.bruteForce.failed(attempt)
  if (refusal) throw new TokenRefusal(statusOf(refusal.code), refusal.code, refusal.reason)
  const user = userOf(tenant, clientId, outcome)
  changeMetadata(user, { appMetadata: outcome.app_metadata, userMetadata: outcome.user_metadata })
  await logInDirectly(tenant, ctx, {
    ...{ user, method: subjectTokenType, protocol: 'oauth2-token-exchange' },
    connection: outcome.byConnection?.name ?? connectionNameOf(tenant.directory, user),
    organization: outcome.organization ?? fields.organization,
  })
  Object.assign(ctx.body as object, { issued_token_type: ACCESS_TOKEN })
}

function actionFor({ directory }: Tenant, type: string): Action {
  const profiles = [...directory.tokenExchangeProfiles.values()]
  const profile = profiles.find(({ subject_token_type }) => subject_token_type === type)
  if (!profile) throw refuse(`There is no token exchange profile for the subject_token_type ${type}.`)
  const version = directory.actions.all.get(profile.action_id)?.versions.at(-1)
  if (!version) throw refuse('The Auth0 Action of the token exchange profile is not deployed.')
  return version.action
}

function statusOf(code: string): number {
  return code === 'server_error' ? 500 : code === 'invalid_request' ? 400 : 403
}

/** The user that the Auth0 Action named, made or changed as it said. */
function userOf(tenant: Tenant, clientId: string, { userId, byConnection }: ExchangeOutcome): User {
  const { directory } = tenant
  if (!userId === !byConnection) throw refuse('The Auth0 Action has to set one user.')
  if (!byConnection) {
    const user = directory.users.get(userId ?? '')
    if (!user) throw refuse('The user does not exist.')
    return user
  }
  const { name, options } = byConnection
  const connection = connectionsFor(directory, clientId).find((each) => each.name === name)
  if (!connection) throw refuse('the connection was not found')
  const { user_id: id, email = '' } = byConnection.attributes
  if (!id) throw refuse('The Auth0 Action has to set a user_id.')
  const attributes: Record<string, unknown> = omit(byConnection.attributes, 'user_id', 'verify_email')
  if (email) attributes.email = email.toLowerCase()
  const user = directory.users.get(userIdIn(connection, id))
  if (user && connectionNameOf(directory, user) !== name)
    throw refuse('The user belongs to another connection.')
  if (!user && options.creationBehavior !== 'create_if_not_exists') throw refuse('The user does not exist.')
  if (!user && email && findUser(directory, connection, email)) throw refuse('The user already exists.')
  if (!user) return addUser(directory, connection, { ...attributes, email: email.toLowerCase() }, id)
  const other = fixed.find((field) => field in attributes && attributes[field] !== user[field])
  if (other) throw refuse(`The user's ${other} cannot be changed by a token exchange.`)
  return options.updateBehavior === 'replace' ? Object.assign(user, attributes) : user
}
