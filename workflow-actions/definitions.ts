/**
 * The actions as data, for editors and generators.
 *
 * @module
 */
import type { ActionDefinition } from './define-action.ts'
import { askForMoreAccess } from './ask-for-more-access.ts'
import { changePassword } from './change-password.ts'
import { getAccessToken } from './get-access-token.ts'
import { getUser } from './get-user.ts'
import { loginWithPopup } from './login-with-popup.ts'
import { loginWithRedirect } from './login-with-redirect.ts'
import { logout } from './logout.ts'
import { refreshUser } from './refresh-user.ts'
import { switchOrganization } from './switch-organization.ts'

export { outcomeOf, type ActionDefinition } from './define-action.ts'
export { advancedLoginFields, loginFields } from './login-fields.ts'
export { toForm, isVisible, upgradeArgs, type FormField } from './projections/to-form.ts'
export { parseInput, toJsonSchema } from './projections/to-schema.ts'

/** Every action, in the order a palette shows them. */
export const actionDefinitions = [
  loginWithRedirect,
  loginWithPopup,
  logout,
  getUser,
  refreshUser,
  getAccessToken,
  askForMoreAccess,
  switchOrganization,
  changePassword,
] as const satisfies readonly ActionDefinition[]

export type ActionDefinitions = (typeof actionDefinitions)[number]
export type ActionCode = ActionDefinitions['code']

/** The action named `code`, or `undefined`. */
export const findAction = (code: string): ActionDefinition | undefined =>
  actionDefinitions.find((action) => action.code === code)
