import { ManagementApiError } from './errors.ts'

type Matches = (item: object) => boolean

const MAXIMUM_LENGTH = 1_000
const MAXIMUM_OPERATIONS = 5
const MINIMUM_SUBSTRING = 3

/**
 * The filter of a `/search` endpoint: Lucene (`name:acme*`, `display_name:*north*`, the default) or SCIM
 * (`name co "acme" and app_type eq "spa"`), limited to and/or without brackets.
 *
 * @throws {ManagementApiError} 400 when the text is malformed or breaks one of Auth0's limits
 * @see https://auth0.com/docs/api/management/v2/organizations/get-search
 */
export function parseSearch(
  q: string | undefined,
  parser = 'lucene',
  defaultFields: string[] = ['name'],
): Matches {
  if (!q) return () => true
  if (q.length > MAXIMUM_LENGTH) throw invalid(`q is longer than ${MAXIMUM_LENGTH} characters`)
  const alternatives = splitWords(q, 'or').map((part) => splitWords(part, 'and'))
  if (alternatives.flat().length > MAXIMUM_OPERATIONS)
    throw invalid(`q has more than ${MAXIMUM_OPERATIONS} operations`)
  const read = parser === 'scim' ? readScim : (text: string) => readLucene(text, defaultFields)
  const tests = alternatives.map((all) => all.map(read))
  return (item) => tests.some((all) => all.every((test) => test(item)))
}

function splitWords(text: string, word: 'and' | 'or'): string[] {
  return text.split(new RegExp(`\\s+${word}\\s+(?=(?:[^"]*"[^"]*")*[^"]*$)`, 'i')).map((part) => part.trim())
}

const scimOperators: Record<string, (value: string, wanted: string) => boolean> = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  sw: (value, wanted) => value.startsWith(wanted),
  ew: (value, wanted) => value.endsWith(substring(wanted)),
  co: (value, wanted) => value.includes(substring(wanted)),
}

function readScim(text: string): Matches {
  const [, field, operator = '', quoted, bare] =
    /^([\w.]+)\s+(\w+)(?:\s+(?:"(.*)"|(\S+)))?$/s.exec(text) ?? []
  if (field && operator === 'pr') return (item) => valueOf(item, field) !== undefined
  const compare = scimOperators[operator]
  const wanted = (quoted ?? bare)?.toLowerCase()
  if (!field || !compare || wanted === undefined) throw invalid(`"${text}" is not a SCIM filter`)
  if (operator === 'co' || operator === 'ew') substring(wanted)
  return (item) => compare(valueOf(item, field) ?? '', wanted)
}

function readLucene(text: string, defaultFields: string[]): Matches {
  const [, field, quoted, bare] = /^(?:([\w.]+):)?(?:"(.*)"|(\S+))$/s.exec(text) ?? []
  const wanted = (quoted ?? bare)?.toLowerCase()
  if (wanted === undefined) throw invalid(`"${text}" is not a Lucene term`)
  if (quoted === undefined && wanted.startsWith('*')) substring(wanted.replaceAll('*', ''))
  const pattern = quoted === undefined ? wildcard(wanted) : wildcard(wanted.replaceAll('*', '\\*'))
  return (item) => (field ? [field] : defaultFields).some((name) => pattern.test(valueOf(item, name) ?? ''))
}

function substring(text: string): string {
  if (text.length >= MINIMUM_SUBSTRING) return text
  throw invalid(`a substring needs at least ${MINIMUM_SUBSTRING} characters`)
}

function wildcard(text: string): RegExp {
  const escaped = text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/(?<!\\\\)\*/g, '.*')
  return new RegExp(`^${escaped}$`, 's')
}

/** A field as lower-case text; `metadata.plan` looks one level down. */
function valueOf(item: object, path: string): string | undefined {
  let value: unknown = item
  for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name]
  return value === undefined || value === null ? undefined : String(value).toLowerCase()
}

function invalid(problem: string): ManagementApiError {
  return new ManagementApiError(
    400,
    `Query validation error: '${problem}' on property q.`,
    'invalid_query_string',
  )
}
