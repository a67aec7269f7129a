import { invalidQuery } from './errors.ts'

export type Query = Record<string, string>

/** What lists by number take, where the SDK only knows the other style. */
export const totals = ['page', 'per_page', 'include_totals']
/** What lists by checkpoint take. */
export const checkpoints = ['take', 'from']

const MAXIMUM_PAGE = 100
/** Auth0 serves lists by number only up to here; beyond it wants `from` and `take`. */
const MAXIMUM_OFFSET = 1_000

const descriptions = {
  per_page: 'Number of results per page. Default value is 50, maximum value is 100',
  page: 'Page index of the results to return. First page is 0',
  take: 'Number of results per page. Default value is 50, maximum value is 100',
}

/**
 * A page by number: a bare array, or with `include_totals=true` the array under its name with `total`, `start`
 * and `limit`.
 *
 * @throws {ManagementApiError} 400 when a number is malformed or too large
 */
export function offsetPage<T>(items: T[], query: Query, key: string) {
  const limit = integer(query, 'per_page', 50, MAXIMUM_PAGE)
  const start = integer(query, 'page', 0, Number.MAX_SAFE_INTEGER) * limit
  const page = items.slice(start, start + limit)
  return query.include_totals === 'true' ? { total: items.length, start, limit, [key]: page } : page
}

/** A page by checkpoint: the array under its name, with `next` while there is more. */
export function checkpointPage<T>(items: T[], query: Query, key: string) {
  const take = integer(query, 'take', 50, MAXIMUM_PAGE)
  const start = query.from ? readCursor(query.from) : 0
  const end = start + take
  return { [key]: items.slice(start, end), ...(end < items.length && { next: writeCursor(end) }) }
}

/** Lists that know both styles: `take` or `from` asks for a checkpoint, anything else counts pages. */
export function eitherPage<T>(items: T[], query: Query, key: string) {
  if (query.take !== undefined || query.from !== undefined) return checkpointPage(items, query, key)
  const perPage = integer(query, 'per_page', 50, MAXIMUM_PAGE)
  const page = integer(query, 'page', 0, Number.MAX_SAFE_INTEGER)
  if ((page + 1) * perPage > MAXIMUM_OFFSET && page > 0) {
    throw invalidQuery(
      `Value ${page} is out of the first ${MAXIMUM_OFFSET} results`,
      'page',
      'Use from and take',
    )
  }
  return offsetPage(items, query, key)
}

/** Auth0's `fields` and `include_fields`: keep, or leave out, the named top-level fields. `always` stay. */
export function selectFields<T extends object>(
  items: T[],
  { fields, include_fields }: Query,
  always: string[] = [],
): Partial<T>[] {
  if (!fields) return items
  const names = new Set([...fields.split(','), ...(include_fields === 'false' ? [] : always)])
  const include = include_fields !== 'false'
  return items.map(
    (item) =>
      Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name) === include)) as Partial<T>,
  )
}

export function integer(
  query: Query,
  name: keyof typeof descriptions,
  fallback: number,
  maximum: number,
): number {
  const text = query[name]
  if (text === undefined) return fallback
  const description = descriptions[name]
  if (!/^-?\d+$/.test(text))
    throw invalidQuery('Expected type integer but found type string', name, description)
  const value = Number(text)
  const minimum = name === 'take' ? 1 : 0
  if (value < minimum) throw invalidQuery(`Value ${value} is less than minimum ${minimum}`, name, description)
  if (value > maximum)
    throw invalidQuery(`Value ${value} is greater than maximum ${maximum}`, name, description)
  return value
}

function writeCursor(position: number): string {
  return Buffer.from(`at:${position}`).toString('base64url')
}

function readCursor(cursor: string): number {
  const position = /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (position === undefined)
    throw invalidQuery('The cursor is not one of this list', 'from', 'Use the next field of the page before')
  return Number(position)
}
