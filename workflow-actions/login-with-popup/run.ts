import type { RunOf } from '../define-action.ts'
import { toLoginRequest } from '../to-login-request.ts'
import type { loginWithPopup } from './definition.ts'

export const run: RunOf<typeof loginWithPopup> = ({ nextPage, ...login }, { client }) =>
  client.loginWithPopup({ ...toLoginRequest(login), ...(nextPage && { target: nextPage }) })
