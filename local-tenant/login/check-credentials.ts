import { findLinked } from '../tenant/identities.ts'
import { logUser } from '../tenant/log-user.ts'
import { hasPassword } from '../tenant/passwords.ts'
import type { Connection, User } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { findUser } from '../tenant/users.ts'

export interface Credentials {
  /** E-mail address or username. */
  identifier: string
  password: string
  ip: string
  connection: string
}

/** The user of a password, or why not: brute-force protection closes after ten wrong ones. Both are logged. */
export async function checkCredentials(
  tenant: Tenant,
  connection: Connection,
  { password, ...attempt }: Credentials,
): Promise<{ user?: User; refused?: 'wrong' | 'blocked' }> {
  const { directory, bruteForce, logs } = tenant
  const { identifier, ip } = attempt
  const protects = connection.options?.brute_force_protection !== false
  if (protects && bruteForce.isBlocked(attempt)) return { refused: 'blocked' }
  const user = findUser(directory, connection, identifier)
  const linked = user ? undefined : findLinked(directory, connection, identifier)
  const found = user ?? linked?.user
  if (found && (user ? await hasPassword(user, password) : linked?.identity.password === password)) {
    bruteForce.succeeded(attempt)
    return { user: found }
  }
  if (found) logUser(tenant, 'fp', found, { ip, description: 'Wrong email or password.' })
  else
    logs.add({
      type: 'fu',
      user_name: identifier,
      connection: connection.name,
      ip,
      description: 'Wrong email or password.',
    })
  if (protects && bruteForce.failed(attempt) && found) logUser(tenant, 'limit_wc', found, { ip })
  return { refused: 'wrong' }
}
