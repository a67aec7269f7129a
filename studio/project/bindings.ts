import { isBinding } from 'lowgate/contract'

/** What bindings are looked up in: `auth`, `page`, `results` of earlier steps, and so on. */
export type Scope = Readonly<Record<string, unknown>>

/**
 * A binding in a text. Spaces are trimmed after the match: as part of it, many of them would keep a browser busy for
 * minutes.
 */
export const placeholder = /\{\{([^{}]*)\}\}/g

/** The expression of a text that is one binding and nothing else. */
export const soleBinding = (text: string): string | undefined =>
  /^\{\{([^{}]*)\}\}$/.exec(text.trim())?.[1]?.trim()

/** The keys of an expression in turn: `list`, `0`, `title` of `list[0].title`. */
export const keysOf = (expression: string): string[] => expression.split(/[.[\]]+/).filter(Boolean)

const expressionsIn = (text: string): string[] =>
  [...text.matchAll(placeholder)].map(([, path = '']) => path.trim())

/** The expressions that a value is bound to, at any depth: `auth.user.name` of `Hello {{ auth.user.name }}`. */
export function expressionsOf(value: unknown): string[] {
  if (isBinding(value)) return value.bind.includes('{{') ? expressionsIn(value.bind) : [value.bind.trim()]
  if (typeof value === 'string') return expressionsIn(value)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsOf) : []
}

/**
 * The value at a path such as `auth.user.name` or `results.list[0].title`; `undefined` when there is none.
 * Only own properties are reached: a binding is data, never code.
 */
export function lookUp(path: string, scope: Scope): unknown {
  let value: unknown = scope
  for (const key of keysOf(path)) {
    // “in” lets a render follow a value that is not there yet; Object.hasOwn by itself would not.
    if (typeof value !== 'object' || value === null || !(key in value) || !Object.hasOwn(value, key))
      return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** A value as text; empty for a missing one. */
export const toText = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

/**
 * A text with its bindings filled in; one that leads nowhere is left out.
 *
 * @example
 * fillIn('Hello {{ auth.user.name }}', { auth: { user: { name: 'Ada' } } }) // 'Hello Ada'
 */
export const fillIn = (text: string, scope: Scope): string =>
  text.replace(placeholder, (_, path: string) => toText(lookUp(path.trim(), scope)))

/** A value at this moment: bindings looked up, texts filled in, anything else unchanged. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (isBinding(value)) {
    const path = soleBinding(value.bind)
    if (path !== undefined) return lookUp(path, scope)
    return value.bind.includes('{{') ? fillIn(value.bind, scope) : lookUp(value.bind.trim(), scope)
  }
  if (typeof value === 'string') return fillIn(value, scope)
  if (Array.isArray(value)) return value.map((entry) => resolve(entry, scope))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolve(entry, scope)]))
  return value
}
