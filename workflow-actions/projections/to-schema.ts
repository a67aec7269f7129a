import * as z from 'zod/mini'
import { LowgateError, type Field, type Fields, type InputOf } from '../../contract/index.ts'
import { pageReference } from '../../contract/schemas/page-reference.ts'
import { isVisible, upgradeArgs } from './to-form.ts'

const texts = z.record(z.string(), z.string())

function toValueSchema(field: Field): z.ZodMiniType {
  switch (field.type) {
    case 'choice':
      return z.enum(field.options.map(({ value }) => value))
    case 'switch':
      return z.boolean()
    case 'number':
      return field.min === undefined ? z.number() : z.number().check(z.minimum(field.min))
    case 'page':
      return pageReference
    case 'pairs':
      return texts
    case 'text':
    case 'secret':
    case 'remote':
      return z.string().check(z.trim(), z.minLength(1))
  }
}

function toFieldSchema(field: Field): z.ZodMiniType {
  const described = toValueSchema(field).check(z.describe(field.help))
  if ('default' in field && field.default !== undefined) return z._default(described, field.default)
  return field.required ? described : z.optional(described)
}

/** The arguments of a form with these fields, bindings resolved. Unknown names are refused. */
export const toSchema = (fields: Fields) =>
  z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toFieldSchema(field)])),
  )

/** The same as JSON Schema (draft 2020-12), for manifests and assistants. */
export function toJsonSchema(fields: Fields): Record<string, unknown> {
  return z.toJSONSchema(toSchema(fields), { io: 'input' }) as Record<string, unknown>
}

const isBlank = (value: unknown) => value === undefined || value === null || value === ''

/**
 * The arguments as an action may use them: blank values count as absent, values of hidden fields are left out,
 * defaults are filled in.
 *
 * @throws `input/invalid` naming the first field whose value cannot be used.
 */
export function parseInput<F extends Fields>(fields: F, args: Readonly<Record<string, unknown>>): InputOf<F> {
  const current = upgradeArgs(fields, args)
  const present = Object.entries(current).filter(
    ([name, value]) => !isBlank(value) && (!Object.hasOwn(fields, name) || isVisible(fields, name, current)),
  )
  const parsed = toSchema(fields).safeParse(Object.fromEntries(present))
  if (parsed.success) return parsed.data as InputOf<F>
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0] ?? (issue?.code === 'unrecognized_keys' ? issue.keys[0] : ''))
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  throw new LowgateError('input/invalid', {
    field: name,
    title: field ? `“${field.label}” must be ${expected(field)}.` : `This action has no field “${name}”.`,
    cause: parsed.error,
  })
}

function expected(field: Field): string {
  switch (field.type) {
    case 'choice':
      return `one of ${field.options.map(({ value }) => `“${value}”`).join(', ')}`
    case 'switch':
      return 'true or false'
    case 'number':
      return `a number${field.min === undefined ? '' : ` of at least ${field.min}`}`
    case 'page':
      return 'a page of the project, by its id'
    case 'pairs':
      return 'a list of names, each with a text'
    case 'text':
    case 'secret':
    case 'remote':
      return 'a text'
  }
}
