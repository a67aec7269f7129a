import type { RunOf } from '../define-action.ts'
import type { changePassword } from './definition.ts'

export const run: RunOf<typeof changePassword> = (input, { client }) => client.changePassword(input)
