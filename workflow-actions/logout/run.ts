import type { RunOf } from '../define-action.ts'
import type { logout } from './definition.ts'

export const run: RunOf<typeof logout> = ({ mode, postLogoutRedirect, federated }, { client }) =>
  client.logout({ mode, federated, ...(postLogoutRedirect && { target: postLogoutRedirect }) })
