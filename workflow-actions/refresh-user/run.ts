import type { RunOf } from '../define-action.ts'
import type { refreshUser } from './definition.ts'

export const run: RunOf<typeof refreshUser> = (_, { client }) => client.refreshUser()
