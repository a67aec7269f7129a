import { isBinding, type ActionUse, type LoginRequest } from 'lowgate/contract'
import {
  findAction,
  upgradeArgs,
  advancedLoginFields,
  loginFields,
  parseInput,
} from 'lowgate/workflow-actions/definitions'

const fields = { ...loginFields, ...advancedLoginFields }

/** Whether an action opens the tenant's login page with the fields that every login has. */
export const isLogin = (code: string): boolean => {
  const own = findAction(code)?.fields
  return own !== undefined && Object.keys(loginFields).every((name) => name in own)
}

/**
 * The login that an action asks for, without its bound fields; `bound` are the labels of the fields that only a
 * visitor's page can fill in.
 *
 * @throws `input/invalid` naming the first field whose value cannot be used.
 */
export function toLogin(args: ActionUse['args']): { login: LoginRequest; bound: string[] } {
  const own = Object.entries(upgradeArgs(fields, args)).filter(([name]) => name in fields)
  const isBound = ([, value]: [string, unknown]) => isBinding(value)
  const fixed = Object.fromEntries(own.filter((entry) => !isBound(entry)))
  return {
    login: parseInput(fields, fixed),
    bound: own.filter(isBound).map(([name]) => fields[name as keyof typeof fields].label),
  }
}
