import type { Action, PostLogin } from '../seeds/actions.ts'

/**
 * The function of an Auth0 Action, from the seed's own function or from the text Auth0's dashboard shows.
 *
 * @throws when the text does not run or exports no `onExecutePostLogin`
 */
export function compileAction(action: Action): PostLogin {
  if (action.onExecutePostLogin) return action.onExecutePostLogin
  const exports: { onExecutePostLogin?: PostLogin } = {}
  try {
    // The text is the seed's own: running it is what the seed's author asked for.
    new Function('exports', action.code ?? '')(exports)
  } catch (cause) {
    const problem = `The Auth0 Action "${action.name}" does not load (${String(cause)}).`
    throw new Error(`${problem} Correct its code in the seed; no module can be required there.`, { cause })
  }
  if (!exports.onExecutePostLogin) {
    throw new Error(
      `The Auth0 Action "${action.name}" does not export onExecutePostLogin. Add it in the seed.`,
    )
  }
  return exports.onExecutePostLogin
}

/** The text shown by the Management API. */
export function codeOf({ code, onExecutePostLogin }: Action): string {
  return code ?? `exports.onExecutePostLogin = ${String(onExecutePostLogin)}`
}
