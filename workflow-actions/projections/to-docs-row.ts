import type { Condition, Field } from '../../contract/index.ts'
import type { ActionDefinition } from '../define-action.ts'
import { toManifestEntry } from './to-manifest-entry.ts'

const outcomes = { 'leaves-page': 'Leaves the page', resolves: 'Goes on with the next step' }
const results = { nothing: 'nothing', user: 'the user', text: 'a text' }

/** An action's section of the reference, in Markdown. */
export function toDocsRow(definition: ActionDefinition): string {
  const { code, name, summary, outcome, resolvesWhen, returns, fields } = definition
  const rows = Object.entries(fields).map(([field, description]) => toFieldRow(field, description))
  const errors = toManifestEntry(definition).errors.map(
    (error) => `[\`${error}\`](errors.md#${toAnchor(error)})`,
  )
  return [
    `## ${name}`,
    `\`${code}\`. ${summary} ${outcomes[outcome]}${resolvesWhen ? ` (unless ${inWords(resolvesWhen)})` : ''}; returns ${results[returns]}.`,
    ...(rows.length
      ? [`| Field | Name | Values | Default | |\n|---|---|---|---|---|\n${rows.join('\n')}`]
      : ['It takes no fields.']),
    `Errors: ${errors.join(', ')}.`,
  ].join('\n\n')
}

/** The anchor of a heading that names an error code. */
const toAnchor = (code: string): string => code.replaceAll('/', '')

const inWords = ({ field, is }: Condition) => `${field} is ${is.join(' or ')}`

function toFieldRow(name: string, field: Field): string {
  const initial = 'default' in field && field.default !== undefined ? `\`${String(field.default)}\`` : ''
  const marks = [field.required && 'required', field.bindable && 'bindable', field.advanced && 'advanced']
  const condition = field.visibleWhen && `only when ${inWords(field.visibleWhen)}`
  const sent = field.wire && `sent as \`${field.wire}\``
  const notes = [...marks, condition, sent].filter(Boolean).join(', ')
  return `| ${field.label} | \`${name}\` | ${valuesOf(field)} | ${initial} | ${field.help}${notes && ` (${notes})`} |`
}

function valuesOf(field: Field): string {
  switch (field.type) {
    case 'choice':
      return field.options.map(({ value }) => `\`${value}\``).join(', ')
    case 'switch':
      return 'on or off'
    case 'number':
      return field.unit ?? 'number'
    case 'page':
      return 'a page'
    case 'pairs':
      return 'names with texts'
    case 'remote':
      return 'picked or typed'
    case 'text':
    case 'secret':
      return 'text'
  }
}
