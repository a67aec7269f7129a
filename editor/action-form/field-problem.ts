import { isBinding, isLowgateError, type Fields } from 'lowgate/contract'
import { parseInput } from 'lowgate/workflow-actions/definitions'

/** What is wrong with the value of one field, by the rules that the action itself applies when it runs. */
export function fieldProblem(fields: Fields, name: string, value: unknown): string | undefined {
  const field = fields[name]
  if (!field) return undefined
  if (isBinding(value)) return value.bind.trim() ? undefined : 'Write the expression to bind to.'
  if (field.required && (value === undefined || value === '')) return 'Fill this in.'
  const { visibleWhen } = field
  const condition = visibleWhen && fields[visibleWhen.field]
  try {
    parseInput(
      { [name]: field, ...(condition && { [visibleWhen.field]: condition }) },
      { [name]: value, ...(visibleWhen && { [visibleWhen.field]: visibleWhen.is[0] }) },
    )
    return undefined
  } catch (error) {
    return isLowgateError(error) ? error.title : undefined
  }
}
