import type { RunOf } from '../define-action.ts'
import type { getUser } from './definition.ts'

export const run: RunOf<typeof getUser> = (_, { client }) => client.getUser()
