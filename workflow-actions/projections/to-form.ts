import type { Field, Fields } from '../../contract/index.ts'

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

/**
 * Whether a field shows, given the other values of its form. A value that a binding will compute counts as any
 * value, so the fields that depend on it all show.
 */
export function isVisible(fields: Fields, name: string, values: Readonly<Record<string, unknown>>): boolean {
  const condition = fields[name]?.visibleWhen
  if (!condition) return true
  const other = fields[condition.field]
  const value = values[condition.field] ?? (other && initialOf(other))
  return typeof value === 'object' || condition.is.some((wanted) => wanted === value)
}
