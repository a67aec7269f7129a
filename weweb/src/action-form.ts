import { isBinding, type Field, type RemoteList } from 'lowgate/contract'
import { findAction, isVisible, toForm } from 'lowgate/workflow-actions/definitions'

/** The props of WeWeb's `wwEditorInputRow` that show one field. */
export interface FormRow {
  name: string
  label: string
  type: 'query' | 'select' | 'onoff' | 'number'
  modelValue: unknown
  bindable: boolean
  required: boolean
  placeholder?: string
  tooltip: string
  options?: readonly { value: string; label: string }[]
}

/** A row, and the list of the tenant that its fixed value may be chosen from. */
export interface FormField {
  row: FormRow
  list?: RemoteList
}

export interface ActionFormRows {
  basic: FormField[]
  /** What few need. */
  advanced: FormField[]
}

type Args = Readonly<Record<string, unknown>>

/** A value that WeWeb computes; it could be anything. */
const isBound = (value: unknown) =>
  isBinding(value) || (typeof value === 'object' && value !== null && '__wwtype' in value)

function toInput(field: Field, pages: FormRow['options'] = []): Pick<FormRow, 'type' | 'options'> {
  switch (field.type) {
    case 'choice':
      return { type: 'select', options: field.options }
    case 'page':
      return { type: 'select', options: [{ value: '', label: 'The page the visitor is on' }, ...pages] }
    case 'switch':
      return { type: 'onoff' }
    case 'number':
      return { type: 'number' }
    default:
      return { type: 'query' }
  }
}

/**
 * The form of an action in the words of WeWeb's editor, whose own rows bind values.
 *
 * @param pages Of the project, for fields that name one.
 */
export function actionForm(code: string, args: Args, pages: FormRow['options']): ActionFormRows {
  const fields = findAction(code)?.fields ?? {}
  const values = Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, isBound(value) ? { bind: '' } : value]),
  )
  const toRows = (form: ReturnType<typeof toForm>['basic']) =>
    form
      .filter(({ name }) => isVisible(fields, name, values))
      .map(({ name, field, initial }): FormField => ({
        row: {
          name,
          label: field.label,
          modelValue: args[name] ?? initial,
          bindable: field.bindable ?? false,
          required: field.required ?? false,
          ...('placeholder' in field && field.placeholder && { placeholder: field.placeholder }),
          tooltip: field.help,
          ...toInput(field, pages),
        },
        ...(field.type === 'remote' && !isBound(args[name]) && { list: field.list }),
      }))
  const { basic, advanced } = toForm(fields)
  return { basic: toRows(basic), advanced: toRows(advanced) }
}

/** Whether a step has all that its action cannot do without. */
export const isComplete = (code: string, args: Args = {}): boolean =>
  Object.entries(findAction(code)?.fields ?? {}).every(
    ([name, { required }]) => !required || !['', undefined, null].includes(args[name] as never),
  )

/** Every action, for a form each. */
export { actionDefinitions } from 'lowgate/workflow-actions/definitions'
