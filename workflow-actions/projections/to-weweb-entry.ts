import type { ActionDefinition } from '../define-action.ts'
import { toJsonSchema } from './to-schema.ts'

/** An action in the form of the `actions` list of WeWeb's `ww-config.js`. */
export interface WewebEntry {
  name: string
  code: string
  isAsync: true
  /** The global component of the action's form. */
  edit: string
  copilot: { description: string; returns: string; schema: Record<string, unknown> }
}

/** An action as WeWeb's editor and its copilot read it. */
export const toWewebEntry = ({ name, code, summary, returns, fields }: ActionDefinition): WewebEntry => ({
  name,
  code,
  isAsync: true,
  edit: 'ActionForm',
  copilot: { description: summary, returns, schema: toJsonSchema(fields) },
})
