import type { Context } from 'hono'
import type { LogRecord } from '../tenant/logs.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { invalidQuery, ManagementApiError, notFound } from './errors.ts'
import { findUser } from './find.ts'
import { methodOf, operation, pathOf, type Operation } from './operation.ts'
import { integer, selectFields, type Query } from './paging.ts'
import { parseUserQuery, valuesAt } from './user-query.ts'

const read = ['read:logs', 'read:logs_users']
const MAXIMUM_RESULTS = 1_000

/** The tenant's log: logins, failures, tokens, and what the Management API wrote. */
export const logOperations: Operation[] = [
  operation({
    on: 'GET /logs',
    scopes: read,
    query: ['q', 'from', 'take'],
    handle({ tenant, query, context }) {
      const newestFirst = tenant.logs.all().toReversed()
      return query.from === undefined && query.take === undefined
        ? page(newestFirst, query)
        : following(tenant.logs.all(), query, context)
    },
  }),
  operation({
    on: 'GET /logs/:id',
    scopes: read,
    handle({ tenant, param }) {
      const record = tenant.logs.all().find(({ log_id }) => log_id === param('id'))
      if (!record) throw notFound('Log not found.', 'inexistent_log')
      return record
    },
  }),
  operation({
    on: 'GET /users/:id/logs',
    scopes: read,
    handle({ tenant, param, query }) {
      const { user_id } = findUser(tenant, param('id'))
      return page(
        tenant.logs
          .all()
          .filter((record) => record.user_id === user_id)
          .toReversed(),
        query,
      )
    },
  }),
]

/** Every successful write is told, as `sapi`. */
export function logOperation(
  tenant: RunningTenant,
  { operation: done, clientId, context }: { operation: Operation; clientId: string; context: Context },
): void {
  if (methodOf(done) === 'GET') return
  tenant.logs.add({
    type: 'sapi',
    description: describe(done),
    client_id: clientId,
    client_name: tenant.directory.clients.get(clientId)?.name,
    user_agent: context.req.header('user-agent'),
    details: { request: { method: context.req.method.toLowerCase(), path: context.req.path } },
  })
}

/** `Update client`, from `PATCH /clients/:id`. */
function describe(done: Operation): string {
  const verbs: Record<string, string> = { POST: 'Create', PATCH: 'Update', PUT: 'Replace', DELETE: 'Delete' }
  const words = pathOf(done)
    .split('/')
    .filter((part) => part && !part.startsWith(':'))
  return `${verbs[methodOf(done)]} ${words.join(' ').replaceAll(/[-_]/g, ' ')}`
}

function page(records: LogRecord[], query: Query) {
  const limit = integer(query, 'per_page', 50, 100)
  const start = integer(query, 'page', 0, Number.MAX_SAFE_INTEGER) * limit
  if (query.search !== undefined) throw invalidQuery('Use q', 'search')
  if (start + limit > MAXIMUM_RESULTS && start > 0)
    throw new ManagementApiError(
      400,
      `You can only page through the first ${MAXIMUM_RESULTS} records.`,
      'invalid_paging',
    )
  const found = query.q ? records.filter(parseUserQuery(query.q)) : records
  const logs = selectFields(sorted(found, query.sort).slice(start, start + limit), query)
  // Recorded: the total counts this page.
  return query.include_totals === 'true'
    ? { length: logs.length, limit, logs, start, total: logs.length }
    : logs
}

/** By checkpoint, oldest first: the next address comes in a header. */
function following(records: readonly LogRecord[], query: Query, context: Context) {
  const take = integer(query, 'take', 50, 100)
  const start = query.from ? records.findIndex(({ log_id }) => log_id === query.from) + 1 : 0
  const found = records.slice(start, start + take)
  const last = found.at(-1)
  if (last) {
    const { origin, pathname } = new URL(context.req.url)
    context.header('link', `<${origin}${pathname}?from=${last.log_id}&take=${take}>; rel="next"`)
  }
  return found
}

function sorted(records: LogRecord[], sort = 'date:-1'): LogRecord[] {
  const [, field = '', direction] = /^(\w+):(-?1)$/.exec(sort) ?? []
  if (!direction) throw invalidQuery(`Object didn't pass validation for format sort: ${sort}`, 'sort')
  if (field === 'date') return direction === '-1' ? records : records.toReversed()
  const key = (record: LogRecord) => String(valuesAt(record, field)[0] ?? '')
  return records.toSorted((a, b) => Number(direction) * key(a).localeCompare(key(b)))
}
