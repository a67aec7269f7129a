import { z } from 'zod'
import { identitiesOf, type Identity } from '../tenant/identities.ts'
import type { User } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { deleteUser } from './delete-user.ts'
import { conflict, invalidBody, ManagementApiError, notFound } from './errors.ts'
import { findUser } from './find.ts'
import { omit } from './omit.ts'
import { operation, type Operation } from './operation.ts'

const linkBody = fields({
  provider: z.string().optional(),
  connection_id: z.string().optional(),
  user_id: z.union([z.string(), z.number()]).optional(),
  link_with: z.string().optional(),
})
/** Of a user, not of one identity. */
const ofUser = [
  ...[
    'user_id',
    'app_metadata',
    'user_metadata',
    'identities',
    'connection',
    'roles',
    'permissions',
    'password',
  ],
  ...['created_at', 'updated_at', 'otp_secret', 'authentication_methods', 'blocked', 'last_login', 'last_ip'],
  ...['logins_count', 'last_password_reset'],
]

/** Linking: one user with several ways to log in. */
export const identityOperations: Operation[] = [
  operation({
    on: 'POST /users/:id/identities',
    scopes: ['update:users', 'update:current_user_identities'],
    body: linkBody,
    async handle(request) {
      const { tenant, index, param, body } = request
      const primary = findUser(tenant, param('id'))
      const secondary = findUser(tenant, await secondaryId(tenant, body))
      if (secondary === primary)
        throw new ManagementApiError(400, 'Main account and secondary account are the same.', 'invalid_body')
      if (identitiesOf(tenant.directory, secondary).length > 1)
        throw conflict('The secondary account has linked identities of its own.', 'identity_conflict')
      index.changing(tenant.directory.users, primary.user_id)
      const [added] = identitiesOf(tenant.directory, secondary)
      const profileData = omit(secondary, ...ofUser)
      const { password } = secondary
      primary.identities = [
        ...identitiesOf(tenant.directory, primary),
        { ...added, profileData, ...(password && { password }) },
      ]
      deleteUser(request, secondary)
      return shown(tenant, primary)
    },
  }),
  operation({
    on: 'DELETE /users/:id/identities/:provider/:identity',
    scopes: ['update:users', 'update:current_user_identities'],
    status: 200,
    handle({ tenant, index, param }) {
      const primary = findUser(tenant, param('id'))
      const [first, ...linked] = identitiesOf(tenant.directory, primary)
      const identity = linked.find(
        (each) => each.provider === param('provider') && each.user_id === param('identity'),
      )
      if (first?.provider === param('provider') && first.user_id === param('identity'))
        throw new ManagementApiError(400, 'Main identity cannot be unlinked.', 'invalid_body')
      if (!identity) throw notFound('The identity does not exist.', 'inexistent_identity')
      index.changing(tenant.directory.users, primary.user_id)
      primary.identities = [first, ...linked.filter((each) => each !== identity)]
      setFree(tenant, identity)
      return shown(tenant, primary)
    },
  }),
]

/** The identity is a user again, with its own profile and without metadata. */
function setFree(
  tenant: RunningTenant,
  { provider, user_id, connection, profileData, password }: Identity,
): void {
  const now = tenant.clock.iso()
  const user = {
    ...profileData,
    email: String(profileData?.email ?? ''),
    user_id: `${provider}|${user_id}`,
    connection,
    created_at: now,
    updated_at: now,
    ...(password && { password }),
  } as User
  tenant.directory.users.set(user.user_id, user)
}

async function secondaryId(tenant: RunningTenant, body: z.infer<typeof linkBody>): Promise<string> {
  if (body.link_with) {
    const payload = await tenant.keys.verify(body.link_with).catch(() => undefined)
    if (!payload?.sub || payload.iss !== tenant.issuer)
      throw new ManagementApiError(
        400,
        'The link_with token is not a valid ID token of this tenant.',
        'invalid_body',
      )
    return payload.sub
  }
  if (!body.provider) throw invalidBody('Missing required property: provider')
  if (body.user_id === undefined) throw invalidBody('Missing required property: user_id')
  const id = String(body.user_id)
  // Recorded: an id with its prefix is taken too.
  return id.startsWith(`${body.provider}|`) ? id : `${body.provider}|${id}`
}

function shown(tenant: RunningTenant, user: User): Partial<Identity>[] {
  return identitiesOf(tenant.directory, user).map((identity) => omit(identity, 'password'))
}
