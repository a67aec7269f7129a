import { lookUp, placeholder, toText, type Scope } from './bindings.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Texts that JSON reads as a number, `true`, `false` or `null`. */
const isJsonWord = (text: string): boolean => !/^\s*["[{]/.test(text) && isJson(text)

/**
 * JSON written as a text, with its bindings filled in. Inside quotes a value is escaped; outside it becomes a whole
 * JSON value, so none can add a field or change the text around it. `undefined` when the result is not JSON, or
 * when a binding would name a field.
 *
 * @example
 * fillInJson('{"note": "{{ page.query.note }}"}', { page: { query: { note: '"' } } }) // '{"note": "\\""}'
 */
export function fillInJson(text: string, scope: Scope): string | undefined {
  // A backslash would escape the first character of the value.
  if (/(^|[^\\])(\\\\)*\\\{\{/.test(text)) return undefined
  let isQuoted = false
  let isBound = false
  let namesField = false
  const filled = text.split(placeholder).map((part, index) => {
    if (index % 2 === 0) {
      for (const sign of part.matchAll(/\\.|"/gs)) {
        if (sign[0] !== '"') continue
        namesField ||= isBound && /^\s*:/.test(part.slice(sign.index + 1))
        isQuoted = !isQuoted
        isBound = false
      }
      return part
    }
    const value = lookUp(part.trim(), scope)
    isBound = isQuoted
    if (isQuoted) return JSON.stringify(toText(value)).slice(1, -1)
    return typeof value === 'string' && isJsonWord(value) ? value : (JSON.stringify(value) ?? 'null')
  })
  const result = filled.join('')
  return filled.length === 1 || (isJson(result) && !namesField) ? result : undefined
}
