import type { RunOf } from '../define-action.ts'
import type { switchOrganization } from './definition.ts'

export const run: RunOf<typeof switchOrganization> = ({ organization, redirectPage }, { client }) =>
  client.switchOrganization({ organization, ...(redirectPage && { target: redirectPage }) })
