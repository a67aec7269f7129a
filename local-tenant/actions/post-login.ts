import type { Action, PostLoginApi, PostLoginEvent } from '../seeds/actions.ts'
import { compileAction } from './compile.ts'

/** What the Auth0 Actions of one login decided. */
export interface ActionOutcome {
  idTokenClaims: Record<string, unknown>
  accessTokenClaims: Record<string, unknown>
  addedScopes: string[]
  removedScopes: string[]
  multifactor: boolean
  /** Why the login is refused. */
  denied?: string
}

/** Runs the bound Auth0 Actions in the seed's order; a refusal ends the run. */
export type PostLoginRunner = (event: PostLoginEvent) => Promise<ActionOutcome>

const reserved = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'nbf',
  'nonce',
  'azp',
  'sid',
  'org_id',
  'org_name',
  'scope',
  'permissions',
])

/**
 * An Auth0 Action that throws refuses the login with its message, and `log` hears its name.
 *
 * @throws when an Auth0 Action of the seed cannot be compiled
 */
export function createPostLoginRunner(
  actions: Action[],
  log: (line: string) => void = () => undefined,
): PostLoginRunner {
  const bound = actions
    .filter((action) => action.deployed !== false)
    .map((action) => ({ name: action.name, onExecutePostLogin: compileAction(action) }))
  return async (event) => {
    const outcome: ActionOutcome = {
      idTokenClaims: {},
      accessTokenClaims: {},
      addedScopes: [],
      removedScopes: [],
      multifactor: false,
    }
    for (const { name, onExecutePostLogin } of bound) {
      try {
        await onExecutePostLogin(event, apiFor(outcome))
      } catch (error) {
        log(`The Auth0 Action "${name}" failed: ${String(error)}`)
        outcome.denied = error instanceof Error ? error.message : String(error)
      }
      if (outcome.denied !== undefined) break
    }
    return outcome
  }
}

function apiFor(outcome: ActionOutcome): PostLoginApi {
  const setter = (claims: Record<string, unknown>) => (name: string, value: unknown) => {
    // Auth0 drops claims that would replace a registered one.
    if (!reserved.has(name)) claims[name] = value
  }
  return {
    access: { deny: (reason) => void (outcome.denied = reason) },
    idToken: { setCustomClaim: setter(outcome.idTokenClaims) },
    accessToken: {
      setCustomClaim: setter(outcome.accessTokenClaims),
      addScope: (scope) => void outcome.addedScopes.push(scope),
      removeScope: (scope) => void outcome.removedScopes.push(scope),
    },
    multifactor: { enable: () => void (outcome.multifactor = true) },
  }
}
