import type { User } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { invalidQuery } from './errors.ts'
import type { Query } from './paging.ts'
import { parseUserQuery, valuesAt } from './user-query.ts'
import { toSearchable } from './user-shape.ts'

/** The users that a query of Auth0's search engine finds, in its order. @throws {ManagementApiError} 400 */
export function searchUsers(tenant: RunningTenant, users: User[], query: Query): User[] {
  const { q, sort, search_engine = 'v3', connection } = query
  if (search_engine !== 'v3') throw invalidQuery(`No enum match for: ${search_engine}`, 'search_engine')
  if (connection !== undefined)
    throw invalidQuery(
      'connection is only for search engine v1. Use q=identities.connection:"…"',
      'connection',
    )
  const prepare = toSearchable(tenant, q ?? '')
  const matches = q ? parseUserQuery(q) : () => true
  const found = q ? users.filter((user) => matches(prepare(user))) : users
  return sort ? sorted(found, sort) : found
}

function sorted(users: User[], sort: string): User[] {
  const [, field = '', direction] = /^([\w.]+):(-?1)$/.exec(sort) ?? []
  if (!direction || /_metadata/.test(field))
    throw invalidQuery(`Object didn't pass validation for format sort: ${sort}`, 'sort')
  const key = (user: User) => valuesAt(user, field)[0]
  return users.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)]
    const order =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : String(one ?? '').localeCompare(String(other ?? ''))
    return Number(direction) * order
  })
}
