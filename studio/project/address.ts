import { LowgateError } from 'lowgate/contract'
import { soleBinding, keysOf, lookUp, placeholder, toText, type Scope } from './bindings.ts'

/** The origin that an address begins with whatever its bindings hold; `undefined` when it has none. */
export function fixedOrigin(address: unknown): string | undefined {
  const [start] =
    (typeof address === 'string' && /^https?:\/\/[^/?#\\@{};,'\s]+(?![^/?#])/.exec(address)) || []
  return start && URL.canParse(start) ? new URL(start).origin : undefined
}

const refuse = (title: string) =>
  new LowgateError('input/invalid', {
    field: 'url',
    title,
    cure: 'Check the link that led here; if it happens every time, tell the site’s owner.',
  })

/** A text as one value of an address: nothing in it ends a path segment or a parameter. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'))

/** Decodes what can be decoded, where `decodeURIComponent` would give up on the whole text. */
const decodeOnce = (text: string): string =>
  text.replace(/(%[0-9a-f]{2})+/gi, (run) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(run.slice(1).split('%'), (hex) => parseInt(hex, 16)),
    ),
  )

/** As often as servers one behind the other may decode what they pass on. */
const layers = 5

/** A path segment as the last of those servers reads it; some take a wide dot for a dot. `undefined` past all of them. */
function decodeFully(segment: string): string | undefined {
  let decoded = segment
  for (let layer = 0; layer < layers; layer += 1) decoded = decodeOnce(decoded).normalize('NFKC')
  return decodeOnce(decoded) === decoded ? decoded : undefined
}

/**
 * Whether a path segment stays what the template says to every server that it passes: some decode it before they look
 * at the path, some take a backslash for a slash, or `..;` for `..`.
 *
 * @param marked the same segment of the template
 */
function isSameSegment(marked: string, segment: string): boolean {
  const expected = decodeFully(marked)?.split(/[/\\]/)
  const actual = decodeFully(segment)?.split(/[/\\]/)
  return (
    actual?.length === expected?.length &&
    Boolean(actual?.every((piece, at) => piece === expected?.[at] || !/^[.\s]*(;|$)|\p{Cc}/u.test(piece)))
  )
}

/** Replaces each binding while the fixed parts of an address are checked. */
const mark = 'lowgate0binding'

const segmentsOf = (address: string): string[] => (address.split(/[?#]/, 1)[0] ?? '').split(/[/\\]/)

/** Whether a text begins and ends as the fixed parts around its bindings do. */
function keepsFixedParts(marked: string, actual: string): boolean {
  const parts = marked.split(mark)
  return parts.length === 1
    ? actual === marked
    : actual.startsWith(parts[0] ?? '') && actual.endsWith(parts.at(-1) ?? '')
}

/** Whether an address, as a browser reads it, differs from its template only where the bindings are. */
function hasShapeOf(marked: string, address: string): boolean {
  if (!URL.canParse(marked) || !URL.canParse(address)) return false
  const [expected, actual] = [new URL(marked), new URL(address)]
  const sameParts = (one: string, other: string, separator: string) => {
    const [fixed, found] = [one.split(separator), other.split(separator)]
    return (
      fixed.length === found.length && fixed.every((part, index) => keepsFixedParts(part, found[index] ?? ''))
    )
  }
  return (
    actual.origin === expected.origin &&
    !actual.username &&
    !actual.password &&
    sameParts(expected.pathname, actual.pathname, '/') &&
    sameParts(expected.search.slice(1), actual.search.slice(1), '&') &&
    keepsFixedParts(expected.hash.slice(1), actual.hash.slice(1))
  )
}

/**
 * An address with its bindings filled in, each encoded for its place. Whatever they hold, scheme, host, port, the
 * number of path segments and the names of parameters stay what the builder wrote. `undefined` while a binding that a
 * path segment is made of has no value.
 *
 * @throws `input/invalid` for an address without a fixed scheme and host, and for a value that some server could take
 *   for more than one path segment, such as `..` or `a/b`
 * @example
 * fillAddress('https://api.test/orders/{{ page.query.id }}', { page: { query: { id: 'a b' } } }) // '…/orders/a%20b'
 */
export function fillAddress(template: string, scope: Scope): string | undefined {
  if (!fixedOrigin(template))
    throw refuse('The address must start with https:// and a host that no binding can change.')
  const filled = template.replace(placeholder, (_, expression: string) =>
    encode(toText(lookUp(expression.trim(), scope))),
  )
  const marked = template.replace(placeholder, mark)
  const [expected, actual] = [segmentsOf(marked), segmentsOf(filled)]
  if (expected.some((segment, at) => segment && !actual[at])) return undefined
  if (
    !expected.every((segment, at) => isSameSegment(segment, actual[at] ?? '')) ||
    !hasShapeOf(marked, filled)
  )
    throw refuse('A value that this address is made of would lead to another address.')
  return filled
}

/** An address with parameters added to its query; those without a value are left out. */
export function addQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const added = Object.entries(parameters)
    .filter(([, value]) => value)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
  if (!added) return address
  const url = new URL(address)
  url.search = url.search ? `${url.search}&${added}` : added
  return url.href
}

/** Whether a browser may be asked to show a picture from there. */
export const isPicture = (address: unknown): address is string =>
  typeof address === 'string' &&
  /^(https?:\/\/|data:image\/)/.test(address) &&
  URL.canParse(address) &&
  !new URL(address).username

/** Whether a picture's address has a fixed host, or is one binding that no link can fill. */
export function isPictureTemplate(template: string): boolean {
  const path = soleBinding(template)
  return path === undefined ? fixedOrigin(template) !== undefined : keysOf(path)[0] !== 'page'
}

/** The address of a picture with its bindings filled in; `undefined` when there is none to show. */
export function fillPicture(template: string, scope: Scope): string | undefined {
  if (!isPictureTemplate(template)) return undefined
  const path = soleBinding(template)
  try {
    const address = path === undefined ? fillAddress(template, scope) : lookUp(path, scope)
    return isPicture(address) ? address : undefined
  } catch {
    return undefined
  }
}
