import { ManagementApiError } from './errors.ts'

type Matches = (user: object) => boolean
type Test = (value: unknown) => boolean

const insensitive = new Set(['email', 'name', 'given_name', 'family_name', 'nickname'])
const bareFields = [
  'email',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'username',
  'phone_number',
  'user_id',
]
const unsearchable = /^(picture|multifactor)(\.|$)/
const MINIMUM_LITERALS = 3

/**
 * The filter of `GET /users`: Lucene as Auth0 supports it. `AND`, `OR`, `NOT`, brackets, phrases, `*`, ranges,
 * `_exists_`. Case counts, except in names and e-mail addresses.
 *
 * @throws {ManagementApiError} 400 when the text is malformed or asks for what Auth0 does not search
 * @see https://auth0.com/docs/manage-users/user-search/user-search-query-syntax
 */
export function parseUserQuery(q: string): Matches {
  const tokens = tokenize(q)
  let at = 0
  const peek = () => tokens[at]
  const take = () => tokens[at++]

  function either(field: string | undefined): Matches {
    let left = both(field)
    for (;;) {
      const next = peek()
      if (next === undefined || next === ')') return left
      if (next === 'OR') take()
      const [one, other] = [left, both(field)]
      left = (user) => one(user) || other(user)
    }
  }
  function both(field: string | undefined): Matches {
    let left = single(field)
    while (peek() === 'AND') {
      take()
      const [one, other] = [left, single(field)]
      left = (user) => one(user) && other(user)
    }
    return left
  }
  function single(field: string | undefined): Matches {
    const token = take()
    if (token === undefined || token === ')' || token === 'AND' || token === 'OR') throw malformed(q)
    if (token === 'NOT' || token === '-' || token === '!') {
      const inner = single(field)
      return (user) => !inner(user)
    }
    if (token === '(') {
      const inner = either(field)
      if (take() !== ')') throw malformed(q)
      return inner
    }
    if (token.endsWith(':') && !isQuoted(token)) return single(unescape(token.slice(0, -1)))
    return term(token, field)
  }

  const matches = either(undefined)
  if (at < tokens.length) throw malformed(q)
  return matches
}

function term(token: string, field: string | undefined): Matches {
  if (field === '_exists_') return (user) => valuesAt(user, unescape(token)).length > 0
  if (field !== undefined && unsearchable.test(field)) return () => false
  const inMetadata = field?.startsWith('user_metadata') ?? false
  const names = field === undefined ? bareFields : [field]
  return (user) => names.some((name) => valuesAt(user, name).some(toTest(token, name, inMetadata)))
}

function toTest(token: string, field: string, inMetadata: boolean): Test {
  const fold = (value: unknown) => (insensitive.has(field) ? String(value).toLowerCase() : String(value))
  if (isQuoted(token)) {
    const wanted = fold(unescape(token.slice(1, -1)))
    return (value) => fold(value) === wanted
  }
  const range = /^([[{])\s*(\S+)\s+TO\s+(\S+?)\s*([\]}])$/.exec(token) ?? comparison(token)
  if (range) {
    if (inMetadata) throw refused('user_metadata does not support ranges')
    return inRange(range)
  }
  if (/(?<!\\)\*/.test(token)) {
    if (token === '*') return () => true
    if (inMetadata) throw refused('user_metadata does not support wildcards')
    const literals = token.replace(/(?<!\\)\*/g, '').length
    if (!/^[^*]+\*$/.test(token) && literals < MINIMUM_LITERALS)
      throw refused(`a search that is not a prefix needs at least ${MINIMUM_LITERALS} characters beside *`)
    const pattern = new RegExp(`^${fold(unescape(token)).split('*').map(escapeRegExp).join('.*')}$`, 's')
    return (value) => pattern.test(fold(value))
  }
  const wanted = fold(unescape(token))
  return (value) => fold(value) === wanted
}

/** `>=2020` as a range. */
function comparison(token: string): (string | undefined)[] | undefined {
  const [, sign, bound] = /^([<>]=?)(.+)$/.exec(token) ?? []
  if (!sign || bound === undefined) return undefined
  const inclusive = sign.endsWith('=')
  return sign.startsWith('>')
    ? [token, inclusive ? '[' : '{', bound, '*', ']']
    : [token, '[', '*', bound, inclusive ? ']' : '}']
}

function inRange([, open, low = '*', high = '*', close]: (string | undefined)[]): Test {
  return (value) => {
    const fromLow = low === '*' ? 1 : compare(value, low)
    const fromHigh = high === '*' ? -1 : compare(value, high)
    return (open === '[' ? fromLow >= 0 : fromLow > 0) && (close === ']' ? fromHigh <= 0 : fromHigh < 0)
  }
}

/** Numbers by size; a date is compared as exactly as the bound is given, so that `2020` is all of that year. */
function compare(value: unknown, bound: string): number {
  const text = unescape(bound).replace(/^"|"$/g, '')
  if (typeof value === 'number') return value - Number(text)
  const compared = String(value).slice(0, /^\d{4}(-|$)/.test(text) ? text.length : undefined)
  return compared < text ? -1 : compared > text ? 1 : 0
}

/** Every value of a dotted path; a list is looked into. */
export function valuesAt(value: unknown, path: string): unknown[] {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path))
  if (path === '') return [value]
  if (typeof value !== 'object') return []
  const [name = '', ...rest] = path.split('.')
  const fields = value as Record<string, unknown>
  // A key that holds a dot itself is found too.
  return path in fields && rest.length > 0
    ? valuesAt(fields[path], '')
    : valuesAt(fields[name], rest.join('.'))
}

function tokenize(q: string): string[] {
  const pattern =
    /\s*(\(|\)|"(?:\\.|[^"\\])*"|[[{][^\]}]*[\]}]|(?:AND|OR|NOT)(?=[\s(]|$)|[-!](?=[\w("])|(?:\\.|[^\s()"[\]{}:\\])+:|(?:\\.|[^\s()"\\])+)\s*/gy
  const tokens: string[] = []
  while (pattern.lastIndex < q.length) {
    const [, token] = pattern.exec(q) ?? []
    if (token === undefined) throw malformed(q)
    tokens.push(token)
  }
  return tokens
}

function isQuoted(token: string): boolean {
  return token.startsWith('"')
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, '$1')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
}

function malformed(q: string): ManagementApiError {
  return refused(`the query cannot be read: ${q}`)
}

function refused(problem: string): ManagementApiError {
  return new ManagementApiError(
    400,
    `Query validation error: '${problem}' on property q.`,
    'invalid_query_string',
  )
}
