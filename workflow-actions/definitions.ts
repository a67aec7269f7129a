/**
 * The actions as data, for editors and generators: importing this never loads what an action does.
 *
 * @module
 */
import type { ActionDefinition } from './define-action.ts'
import { changePassword } from './change-password/definition.ts'
import { getAccessToken } from './get-access-token/definition.ts'
import { getUser } from './get-user/definition.ts'
import { loginWithPopup } from './login-with-popup/definition.ts'
import { loginWithRedirect } from './login-with-redirect/definition.ts'
import { logout } from './logout/definition.ts'
import { refreshUser } from './refresh-user/definition.ts'
import { switchOrganization } from './switch-organization/definition.ts'

export type { ActionDefinition, ResultOf } from './define-action.ts'
export { toForm, isVisible, type FormField } from './projections/to-form.ts'

/** Every action, in the order a palette shows them. */
export const actionDefinitions = [
  loginWithRedirect,
  loginWithPopup,
  logout,
  getUser,
  refreshUser,
  getAccessToken,
  switchOrganization,
  changePassword,
] as const satisfies readonly ActionDefinition[]

export type ActionDefinitions = (typeof actionDefinitions)[number]
export type ActionCode = ActionDefinitions['code']

/** The action named `code`, or `undefined`. */
export const findAction = (code: string): ActionDefinition | undefined =>
  actionDefinitions.find((action) => action.code === code)
