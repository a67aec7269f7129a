import { LowgateError, type Field, type Fields, type InputOf } from '../../contract/index.ts'
import { fits, type JsonSchema } from './json-schema.ts'
import { isVisible, upgradeArgs } from './to-form.ts'

const text: JsonSchema = { type: 'string' }
const texts: JsonSchema = { type: 'object', propertyNames: text, additionalProperties: text }

/** A `PageReference`. */
export const pageSchema: JsonSchema = {
  type: 'object',
  properties: {
    pageId: { type: 'string', minLength: 1 },
    params: texts,
    query: texts,
    hash: text,
    language: text,
  },
  required: ['pageId'],
  additionalProperties: false,
}

function toValueSchema(field: Field): JsonSchema {
  switch (field.type) {
    case 'choice':
      return { type: 'string', enum: field.options.map(({ value }) => value) }
    case 'switch':
      return { type: 'boolean' }
    case 'number':
      return { type: 'number', ...(field.min !== undefined && { minimum: field.min }) }
    case 'page':
      return pageSchema
    case 'pairs':
      return texts
    case 'text':
    case 'secret':
    case 'remote':
      return { type: 'string', minLength: 1 }
  }
}

const defaultOf = (field: Field): unknown => ('default' in field ? field.default : undefined)
const isRequired = (field: Field) => field.required && defaultOf(field) === undefined

const toFieldSchema = (field: Field): JsonSchema => ({
  ...(defaultOf(field) !== undefined && { default: defaultOf(field) }),
  ...toValueSchema(field),
  description: field.help,
})

/**
 * The arguments of a form with these fields, bindings resolved, as JSON Schema (draft 2020-12), for manifests and
 * assistants. Unknown names are refused.
 */
export function toJsonSchema(fields: Fields): Record<string, unknown> {
  const entries = Object.entries(fields)
  const required = entries.filter(([, field]) => isRequired(field)).map(([name]) => name)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, toFieldSchema(field)])),
    ...(required.length && { required }),
    additionalProperties: false,
  }
}

const isBlank = (value: unknown) => value === undefined || value === null || value === ''

/**
 * The arguments as an action may use them: blank values count as absent, values of hidden fields are left out, texts
 * are trimmed, defaults are filled in.
 *
 * @throws `input/invalid` naming the first field whose value cannot be used.
 */
export function parseInput<F extends Fields>(fields: F, args: Readonly<Record<string, unknown>>): InputOf<F> {
  const current = upgradeArgs(fields, args)
  const unknown = Object.keys(current).find((name) => !isBlank(current[name]) && !Object.hasOwn(fields, name))
  const input = Object.entries(fields).flatMap(([name, field]) => {
    const given = isVisible(fields, name, current) ? current[name] : undefined
    if (isBlank(given) && !isRequired(field)) {
      const value = defaultOf(field)
      return value === undefined ? [] : [[name, value] as const]
    }
    const value = typeof given === 'string' && field.type !== 'choice' ? given.trim() : given
    if (!fits(toValueSchema(field), value)) refuse(name, `“${field.label}” must be ${expected(field)}.`)
    return [[name, value] as const]
  })
  if (unknown !== undefined) refuse(unknown, `This action has no field “${unknown}”.`)
  return Object.fromEntries(input) as InputOf<F>
}

function refuse(field: string, title: string): never {
  throw new LowgateError('input/invalid', { field, title })
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
