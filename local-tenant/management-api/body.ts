import { z } from 'zod'
import { invalidBody } from './errors.ts'

/** @throws {ManagementApiError} 400 `invalid_body`, in Auth0's words, for the first thing that does not fit */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = toPath(issue?.path ?? [])
  switch (issue?.code) {
    case 'unrecognized_keys':
      throw invalidBody(`Additional properties not allowed: ${issue.keys.join(',')}`, path)
    case 'invalid_type':
      if (valueAt(body, issue.path) === undefined && issue.path.length > 0) {
        throw invalidBody(
          `Missing required property: ${String(issue.path.at(-1))}`,
          toPath(issue.path.slice(0, -1)),
        )
      }
      throw invalidBody(
        `Expected type ${issue.expected} but found type ${typeName(valueAt(body, issue.path))}`,
        path,
      )
    case 'invalid_value':
      throw invalidBody(`No enum match for: ${String(valueAt(body, issue.path))}`, path)
    case 'too_big':
      throw invalidBody(
        tooMuch(issue.origin, valueAt(body, issue.path), 'long', 'maximum', issue.maximum),
        path,
      )
    case 'too_small':
      throw invalidBody(
        tooMuch(issue.origin, valueAt(body, issue.path), 'short', 'minimum', issue.minimum),
        path,
      )
    default:
      throw invalidBody(issue?.message ?? 'Invalid body', path)
  }
}

/** A strict object of the known fields: those with a schema, and those that are only kept and shown. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape, kept = '') {
  const rest = Object.fromEntries(
    kept
      .split(' ')
      .filter(Boolean)
      .map((name) => [name, z.unknown().optional()]),
  )
  return z.strictObject({ ...(rest as Record<never, never>), ...shape })
}

/** Refuses anything but an absolute URL (with or without a star for a subdomain), as Auth0's formats do. */
export function urls(format: string, maximum = 100) {
  return z
    .array(
      z.string().refine((url) => URL.canParse(url.replace('{organization_name}', 'x')), {
        error: ({ input }) => `Object didn't pass validation for format ${format}: ${String(input)}`,
      }),
    )
    .max(maximum)
}

function toPath(path: PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

function valueAt(body: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part],
    body,
  )
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function tooMuch(origin: string, value: unknown, word: string, limit: string, bound: unknown): string {
  if (origin === 'number' || origin === 'int')
    return `Value ${String(value)} is ${word === 'long' ? 'greater' : 'less'} than ${limit} ${String(bound)}`
  const length = (value as { length?: number } | undefined)?.length ?? 0
  const unit = origin === 'array' ? 'items' : 'chars'
  return `${origin === 'array' ? 'Array' : 'String'} is too ${word} (${length} ${unit}), ${limit} ${String(bound)}`
}
