import type { User } from '../tenant/seeds/schema.ts'
import type { ApiRequest } from './operation.ts'
import { endSessions, revokeRefreshTokens } from '../tenant/live-sessions.ts'

/** Deletes a user with everything that depends on it: sessions, refresh tokens, memberships. */
export function deleteUser(
  { tenant, index }: Pick<ApiRequest<unknown>, 'tenant' | 'index'>,
  user: User,
): void {
  const { users, organizations } = tenant.directory
  index.changing(users, user.user_id)
  users.delete(user.user_id)
  endSessions(tenant, ({ userId }) => userId === user.user_id, 'account-deleted')
  revokeRefreshTokens(tenant, ({ user_id }) => user_id === user.user_id)
  for (const organization of organizations.values())
    if (organization.members?.some(({ user_id }) => user_id === user.user_id))
      organization.members = organization.members.filter(({ user_id }) => user_id !== user.user_id)
}
