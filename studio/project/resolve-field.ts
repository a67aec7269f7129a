import { isBinding, LowgateError, type Field, type Fields } from 'lowgate/contract'
import { fillAddress } from './address.ts'
import { soleBinding, lookUp, resolve, toText, type Scope } from './bindings.ts'
import { fillInJson } from './fill-in-json.ts'

/** Names as they are written, each with its text at this moment. */
export const resolvePairs = (value: unknown, scope: Scope): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([name, text]) => [
      name,
      toText(resolve(text, scope)),
    ]),
  )

function resolveJson(label: string, value: unknown, scope: Scope): string | undefined {
  const text = isBinding(value) && !value.bind.includes('{{') ? `{{${value.bind}}}` : value
  const template = isBinding(text) ? text.bind : text
  if (typeof template !== 'string') return JSON.stringify(resolve(template, scope))
  const path = soleBinding(template)
  if (path !== undefined && lookUp(path, scope) === undefined) return undefined
  const filled = fillInJson(template, scope)
  if (filled === undefined)
    throw new LowgateError('input/invalid', {
      title: `“${label}” is not JSON, or has a binding where none is allowed.`,
    })
  return filled
}

/**
 * The value of a field at this moment, its bindings encoded for where they are. No binding changes what a builder
 * chooses from a list or switches on.
 *
 * @throws `input/invalid` for a value that is not allowed there
 */
function resolveField(field: Field, value: unknown, scope: Scope): unknown {
  switch (field.type) {
    case 'choice':
      return field.options.some((option) => option.value === value) ? value : undefined
    case 'switch':
      return typeof value === 'boolean' ? value : undefined
    case 'pairs':
      return resolvePairs(value, scope)
    case 'text':
      if (field.format === 'address')
        return typeof value === 'string' && value ? fillAddress(value, scope) : undefined
      return field.format === 'json' ? resolveJson(field.label, value, scope) : resolve(value, scope)
    default:
      return resolve(value, scope)
  }
}

/** The values of a form at this moment; those that are not there are left out. @throws `input/invalid` */
export const resolveFields = (
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  scope: Scope,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, field]) => [name, resolveField(field, values[name], scope)] as const)
      .filter(([, value]) => value !== undefined),
  )
