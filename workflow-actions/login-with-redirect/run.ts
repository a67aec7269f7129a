import type { RunOf } from '../define-action.ts'
import { toLoginRequest } from '../to-login-request.ts'
import type { loginWithRedirect } from './definition.ts'

export const run: RunOf<typeof loginWithRedirect> = ({ redirectPage, ...login }, { client }) =>
  client.loginWithRedirect({ ...toLoginRequest(login), ...(redirectPage && { target: redirectPage }) })
