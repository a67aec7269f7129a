/**
 * Actions for a host's workflows: what they are called, what they take, and how one is run.
 *
 * @module
 */
import { LowgateError } from '../contract/index.ts'
import type { ActionContext, ActionDefinition, RunOf } from './define-action.ts'
import { findAction, type ActionCode, type ActionDefinitions } from './definitions.ts'
import { run as changePassword } from './change-password/run.ts'
import { run as getAccessToken } from './get-access-token/run.ts'
import { run as getUser } from './get-user/run.ts'
import { run as loginWithPopup } from './login-with-popup/run.ts'
import { run as loginWithRedirect } from './login-with-redirect/run.ts'
import { run as logout } from './logout/run.ts'
import { run as refreshUser } from './refresh-user/run.ts'
import { run as switchOrganization } from './switch-organization/run.ts'
import { parseInput } from './projections/to-schema.ts'

export * from './definitions.ts'
export type { ActionContext } from './define-action.ts'
export { parseInput, toJsonSchema, toSchema } from './projections/to-schema.ts'

type Runs = { [D in ActionDefinitions as D['code']]: RunOf<D> }

const runs: Runs = {
  loginWithRedirect,
  loginWithPopup,
  logout,
  getUser,
  refreshUser,
  getAccessToken,
  switchOrganization,
  changePassword,
}

/**
 * Runs one step of a workflow. Resolves with the step's result; an action that leaves the page may never settle.
 *
 * @param code Such as `loginWithRedirect`; see `actionDefinitions`.
 * @param args Field values with every binding already resolved by the host.
 * @throws `input/invalid` naming the field, or one of the errors that the definition lists.
 * @example
 * await runAction('logout', { mode: 'local' }, { client: session.client })
 */
export async function runAction(
  code: ActionCode | (string & {}),
  args: Readonly<Record<string, unknown>>,
  context: ActionContext,
): Promise<unknown> {
  const definition = findAction(code)
  if (!definition)
    throw new LowgateError('input/invalid', { field: 'code', message: `There is no action named “${code}”.` })
  const run = runs[definition.code as ActionCode] as RunOf<ActionDefinition>
  return run(parseInput(definition.fields, args), context)
}
