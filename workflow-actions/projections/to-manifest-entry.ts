import type { ManifestAction } from '../../contract/index.ts'
import type { ActionDefinition } from '../define-action.ts'
import { toJsonSchema } from './to-schema.ts'

/** What every action can raise, whatever it does. */
const commonErrors = ['input/invalid', 'config/no-connection'] as const

/** An action as hosts and assistants read it. */
export const toManifestEntry = ({ errors, ...definition }: ActionDefinition): ManifestAction => ({
  ...definition,
  input: toJsonSchema(definition.fields),
  errors: [...commonErrors, ...errors],
})
