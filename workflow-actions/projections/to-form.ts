import { isBinding, type Condition, type Field, type Fields } from '../../contract/index.ts'

type Values = Readonly<Record<string, unknown>>

export interface FormField {
  name: string
  field: Field
  /** What the control shows while nothing is stored. */
  initial: unknown
}

/** The fields in the order of the form, the advanced ones last. */
export function toForm(fields: Fields): { basic: FormField[]; advanced: FormField[] } {
  const all = Object.entries(fields).map(([name, field]) => ({ name, field, initial: initialOf(field) }))
  return {
    basic: all.filter(({ field }) => !field.advanced),
    advanced: all.filter(({ field }) => field.advanced),
  }
}

const initialOf = (field: Field): unknown => ('default' in field ? field.default : undefined)

const valueOf = (fields: Fields, name: string, values: Values): unknown =>
  values[name] ?? (fields[name] && initialOf(fields[name]))

/** Whether a condition on another field surely holds; a value that a binding will compute could be anything. */
export function holds(fields: Fields, { field, is }: Condition, values: Values): boolean {
  const value = valueOf(fields, field, values)
  return is.some((wanted) => wanted === value)
}

/** Whether a field shows, given the other values of its form. Fields that depend on a bound value all show. */
export function isVisible(fields: Fields, name: string, values: Values): boolean {
  const condition = fields[name]?.visibleWhen
  return !condition || isBinding(values[condition.field]) || holds(fields, condition, values)
}

/** Stored values under the names that their fields have today. */
export function upgradeArgs<T extends Values>(fields: Fields, args: T): T {
  const renamed = Object.entries(fields).flatMap(([name, { formerly }]) =>
    formerly !== undefined && formerly in args && !(name in args) ? [[formerly, name] as const] : [],
  )
  if (!renamed.length) return args
  const names = new Map<string, string>(renamed)
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [names.get(name) ?? name, value]),
  ) as T
}
