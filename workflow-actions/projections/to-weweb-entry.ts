import type { ActionDefinition } from '../define-action.ts'
import { toJsonSchema } from './to-schema.ts'

/** An action in the form of the `actions` list of WeWeb's `ww-config.js`. */
export interface WewebEntry {
  name: string
  code: string
  /** WeWeb waits for the action's result before the next step. */
  isAsync: true
  /** For the editor's assistant. */
  copilot: { description: string; returns: string; schema: Record<string, unknown> }
}

/** An action as WeWeb's editor and its copilot read it. */
export const toWewebEntry = ({ name, code, summary, returns, fields }: ActionDefinition): WewebEntry => ({
  name,
  code,
  isAsync: true,
  copilot: { description: summary, returns, schema: toJsonSchema(fields) },
})
