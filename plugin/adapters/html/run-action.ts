import { findAction, runAction } from 'lowgate/workflow-actions'
import type { AuthClient, Field } from '../../../contract/index.ts'

/** What an attribute says, as a value of its field. What it cannot be is left as it is, for the definition to refuse. */
function toValue(text: string, field: Field | undefined): unknown {
  switch (field?.type) {
    case 'page':
      return text && { pageId: text }
    case 'number':
      return text.trim() && !Number.isNaN(Number(text)) ? Number(text) : text
    case 'switch':
      return text === 'false' ? false : ['', 'true'].includes(text) ? true : text
    default:
      return text
  }
}

/** The name of the field that an attribute such as `data-lowgate-screen-hint` (`lowgateScreenHint`) is for. */
const toField = (attribute: string) =>
  attribute.replace(/^lowgate(.)/, (_, first: string) => first.toLowerCase())

/** Attributes of ours that are not fields. */
const reserved = ['action', 'show', 'text', 'src', 'error', 'state']

/**
 * Runs the action of an element; attributes are its fields, and what a form has is added to them.
 *
 * @throws `input/invalid` naming the field, or one of the errors that the action's definition lists.
 */
export async function runActionOf(element: HTMLElement, client: AuthClient): Promise<unknown> {
  const code = element.dataset.lowgateAction ?? ''
  const attributes = Object.entries(element.dataset)
    .filter(([name]) => name.startsWith('lowgate'))
    .map(([name, text = '']) => [toField(name), text] as const)
  const entries = element instanceof HTMLFormElement ? [...new FormData(element)] : []
  const fields = findAction(code)?.fields
  const args = [...attributes.filter(([name]) => !reserved.includes(name)), ...entries].map(
    ([name, value]) => [name, toValue(String(value), fields?.[name])] as const,
  )
  return runAction(code, Object.fromEntries(args), { client })
}
