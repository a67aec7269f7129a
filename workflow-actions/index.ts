/**
 * Actions for a host's workflows: what they are called, what they take, and how one is run.
 *
 * @module
 */
import { LowgateError, type AuthClient } from '../contract/index.ts'
import { findAction, type ActionCode } from './definitions.ts'
import { parseInput } from './projections/to-schema.ts'

export * from './definitions.ts'

/**
 * Runs one step of a workflow. Resolves with the step's result; an action that leaves the page may never settle.
 *
 * @param code Such as `loginWithRedirect`; see `actionDefinitions`.
 * @param args Field values with every binding already resolved by the host.
 * @param context.client The session's client, such as `session.client` of `lowgate/plugin`.
 * @throws `input/invalid` naming the field, or one of the errors that the definition lists.
 * @example
 * await runAction('logout', { mode: 'local' }, { client: session.client })
 */
export async function runAction(
  code: ActionCode | (string & {}),
  args: Readonly<Record<string, unknown>>,
  { client }: { client: AuthClient },
): Promise<unknown> {
  const definition = findAction(code)
  if (!definition)
    throw new LowgateError('input/invalid', { field: 'code', title: `There is no action named “${code}”.` })
  // Definitions compile only where the method takes their fields.
  const run = client[definition.code] as (input: object) => Promise<unknown>
  return run.call(client, parseInput(definition.fields, args))
}
