import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { phoneNumber } from '../tenant/phone-number.ts'
import { isDatabase } from '../tenant/connections.ts'
import { identitiesOf, isSocial } from '../tenant/identities.ts'
import type { Connection, User } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { findUser as findByEmail, MINIMUM_PASSWORD_LENGTH } from '../tenant/users.ts'
import { fields } from './body.ts'
import { deleteUser } from './delete-user.ts'
import { conflict, invalidBody, invalidQuery, ManagementApiError } from './errors.ts'
import { findUser } from './find.ts'
import { merge, mergeMetadata } from './merge.ts'
import { omit } from './omit.ts'
import { operation, type Operation } from './operation.ts'
import { integer, selectFields } from './paging.ts'
import { endSessions } from '../tenant/live-sessions.ts'
import { sendVerification } from './tickets.ts'
import { gravatar, toUser } from './user-shape.ts'
import { searchUsers } from './user-search.ts'

const metadata = z.record(
  z.string().regex(/^[^.$]+$/, { error: 'Metadata keys may not contain . or $' }),
  z.unknown(),
)
const profile = {
  email: z.email().nullish(),
  phone_number: phoneNumber.nullish(),
  username: z.string().min(1).max(128).nullish(),
  password: z.string().min(1).nullish(),
  given_name: z.string().min(1).max(150).nullish(),
  family_name: z.string().min(1).max(150).nullish(),
  name: z.string().min(1).max(300).nullish(),
  nickname: z.string().min(1).max(300).nullish(),
  picture: z.url().nullish(),
  blocked: z.boolean().optional(),
  email_verified: z.boolean().optional(),
  phone_verified: z.boolean().optional(),
  verify_email: z.boolean().optional(),
  app_metadata: metadata.optional(),
  user_metadata: metadata.optional(),
}
const create = fields({
  ...profile,
  connection: z.string().min(1),
  user_id: z.string().min(1).max(255).regex(/^\S+$/).optional(),
})
const update = fields({
  ...profile,
  connection: z.string().min(1).optional(),
  client_id: z.string().optional(),
  verify_phone_number: z.boolean().optional(),
})
type Changes = Omit<z.infer<typeof update>, 'connection'>
const MAXIMUM_RESULTS = 1_000
const read = ['read:users', 'read:user_idp_tokens']

export const userOperations: Operation[] = [
  operation({
    on: 'GET /users',
    scopes: read,
    handle({ tenant, index, query }) {
      const limit = integer(query, 'per_page', 50, 100)
      const page = integer(query, 'page', 0, Number.MAX_SAFE_INTEGER)
      if ((page + 1) * limit > MAXIMUM_RESULTS && page > 0) {
        const message = `You can only page through the first ${MAXIMUM_RESULTS} records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation`
        throw new ManagementApiError(400, message, 'invalid_paging')
      }
      const found = searchUsers(tenant, index.view(tenant.directory.users), query)
      const start = page * limit
      const shown = found.slice(start, start + limit).map((user) => toUser(tenant, user))
      const users = selectFields(shown, query)
      if (query.include_totals !== 'true') return users
      return { start, limit, length: users.length, users, total: found.length }
    },
  }),
  operation({
    on: 'GET /users-by-email',
    scopes: read,
    handle({ tenant, query }) {
      if (!query.email) throw invalidQuery('Missing required property: email')
      const found = [...tenant.directory.users.values()].filter(({ email }) => email === query.email)
      return selectFields(
        found.map((user) => toUser(tenant, user)),
        query,
      )
    },
  }),
  operation({
    on: 'GET /users/:id',
    scopes: [...read, 'read:current_user'],
    handle: ({ tenant, param, query }) =>
      selectFields([toUser(tenant, findUser(tenant, param('id')))], query)[0],
  }),
  operation({
    on: 'POST /users',
    scopes: ['create:users'],
    body: create,
    handle({ tenant, index, body }) {
      const user = createUser(tenant, body)
      index.changing(tenant.directory.users, user.user_id)
      tenant.directory.users.set(user.user_id, user)
      if (body.verify_email ?? (user.email !== '' && !user.email_verified)) sendVerification(tenant, user)
      return toUser(tenant, user)
    },
  }),
  operation({
    on: 'PATCH /users/:id',
    scopes: ['update:users', 'update:users_app_metadata', 'update:current_user_metadata'],
    body: update,
    handle({ tenant, index, param, body }) {
      const user = findUser(tenant, param('id'))
      index.changing(tenant.directory.users, user.user_id)
      updateUser(tenant, user, body)
      tenant.directory.users.set(user.user_id, user)
      return toUser(tenant, user)
    },
  }),
  operation({
    on: 'DELETE /users/:id',
    scopes: ['delete:users', 'delete:current_user'],
    handle(request) {
      const user = request.tenant.directory.users.get(request.param('id'))
      if (user) deleteUser(request, user)
    },
  }),
]

/** A user as created by the API or a sign-up. @throws {ManagementApiError} 400 or 409 as Auth0 does */
function createUser(tenant: RunningTenant, body: z.infer<typeof create>): User {
  const { connection: name, user_id } = body
  const given = omit(body, 'connection', 'user_id', 'verify_email') as Omit<typeof body, 'connection'>
  const connection = tenant.directory.connections.named(name)
  if (!connection)
    throw new ManagementApiError(400, 'The connection does not exist.', 'inexistent_connection')
  if (isDatabase(connection) && !given.email && !given.username && !given.phone_number)
    throw invalidBody('Missing required property: email')
  if (isDatabase(connection) && !given.password) throw invalidBody('Missing required property: password')
  if (given.password) checkPassword(given.password)
  const email = given.email?.toLowerCase() ?? ''
  if (email && findByEmail(tenant.directory, connection, email)) throw alreadyExists()
  const id = idFor(connection, user_id ?? randomBytes(12).toString('hex'))
  if (tenant.directory.users.has(id)) throw alreadyExists()
  const now = tenant.clock.iso()
  const label = email || given.username || given.phone_number || id
  return {
    created_at: now,
    updated_at: now,
    email_verified: false,
    name: label,
    nickname: label.split('@')[0],
    picture: gravatar(label),
    ...merge({}, given),
    email,
    user_id: id,
    connection: name,
  }
}

function idFor(connection: Connection, id: string): string {
  if (isDatabase(connection)) return `auth0|${id}`
  return isSocial(connection)
    ? `${connection.strategy}|${id}`
    : `${connection.strategy}|${connection.name}|${id}`
}

function updateUser(tenant: RunningTenant, user: User, body: z.infer<typeof update>): void {
  const { connection: name, verify_email } = body
  const changes = omit(body, 'connection', 'client_id', 'verify_email', 'verify_phone_number') as Changes
  if (body.verify_phone_number)
    throw new ManagementApiError(501, 'The local tenant sends no text messages.', 'not_implemented')
  checkTogether(body)
  const identity = identitiesOf(tenant.directory, user).find((each) => !name || each.connection === name)
  if (!identity)
    throw new ManagementApiError(
      400,
      'The user does not have an identity of this connection.',
      'invalid_body',
    )
  const connection = tenant.directory.connections.named(identity.connection)
  const isPrimary = identity === identitiesOf(tenant.directory, user)[0] || name === undefined
  if (connection && !isDatabase(connection)) {
    const fixed = ['email', 'password', 'username'].find((field) => field in changes)
    if (fixed) throw new ManagementApiError(400, `Cannot update ${fixed} for this user`, 'invalid_body')
  }
  if (changes.password) checkPassword(changes.password)
  if (changes.email) {
    changes.email = changes.email.toLowerCase()
    const other = connection && findByEmail(tenant.directory, connection, changes.email)
    if (other && other !== user)
      throw new ManagementApiError(400, 'The specified new email already exists', 'auth0_idp_error')
  }
  const { app_metadata, user_metadata, ...plain } = changes
  const before = { email: user.email }
  if (isPrimary) merge(user, plain)
  else {
    identity.profileData = merge({ ...identity.profileData }, { ...plain, password: undefined })
    if (plain.password) identity.password = plain.password
  }
  if (app_metadata) user.app_metadata = mergeMetadata(user.app_metadata, app_metadata)
  if (user_metadata) user.user_metadata = mergeMetadata(user.user_metadata, user_metadata)
  user.updated_at = tenant.clock.iso()
  if (changes.password) passwordChanged(tenant, user)
  if (changes.email && changes.email !== before.email) {
    if (body.email_verified === undefined) user.email_verified = false
    endSessions(tenant, ({ userId }) => userId === user.user_id, 'email-identifier-changed')
  }
  if (verify_email) sendVerification(tenant, user)
}

/** Ends the sessions and, by the Management API, the administrator's block. */
function passwordChanged(tenant: RunningTenant, user: User): void {
  user.last_password_reset = user.updated_at
  delete user.blocked
  endSessions(tenant, ({ userId }) => userId === user.user_id, 'password-changed')
}

function checkTogether(body: object): void {
  const exclusive = ['username', 'password', 'email_verified'].filter((name) => name in body)
  if ('email' in body && 'username' in body) exclusive.push('email')
  if (exclusive.length < 2) return
  const message = `Cannot update ${exclusive.join(' and ')} simultaneously`
  throw new ManagementApiError(400, message, 'invalid_body')
}

function checkPassword(password: string): void {
  if (password.length < MINIMUM_PASSWORD_LENGTH)
    throw new ManagementApiError(400, 'PasswordStrengthError: Password is too weak', 'invalid_password')
}

function alreadyExists(): ManagementApiError {
  return conflict('The user already exists.', 'auth0_idp_error')
}
