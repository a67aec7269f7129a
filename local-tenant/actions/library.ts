import { Script } from 'node:vm'
import type { Clock } from '../tenant/clock.ts'
import type { Action, ActionCache } from '../tenant/seeds/actions.ts'
import { createActionCache } from './cache.ts'
import { loadAction, type LoadedAction } from './sandbox.ts'

const triggers = [
  'post-login',
  'credentials-exchange',
  'pre-user-registration',
  'post-user-registration',
  'post-change-password',
  'send-phone-message',
  'custom-token-exchange',
] as const

/** What the tenant runs Auth0 Actions at. */
export type Trigger = (typeof triggers)[number]

export function runsHere(trigger: string): trigger is Trigger {
  return triggers.some((each) => each === trigger)
}

/** An Auth0 Action that is deployed and bound to a trigger. */
export interface BoundAction extends LoadedAction {
  name: string
  /** By name, as `event.secrets` shows them. */
  secrets: Record<string, string>
}

/** The tenant's Auth0 Actions, ready to run. */
export interface ActionLibrary {
  /** Those of a trigger, in the order they run. */
  bound(trigger: Trigger): BoundAction[]
  /** One that is named elsewhere than in a trigger's list. */
  ready(action: Action): BoundAction
  /** What the Actions of one trigger share, for some minutes. */
  cacheOf(trigger: Trigger): ActionCache
  log: (line: string) => void
}

/** The text of an Auth0 Action; a handler of the seed is shown as text. */
export function codeOf({ code, onExecutePostLogin }: Action): string {
  if (code !== undefined) return code
  const text = String(onExecutePostLogin)
  const handler = isExpression(text) ? text : `Object.values({ ${text} })[0]`
  return `exports.onExecutePostLogin = ${handler}`
}

/** A method's text, `name() {}`, means something only inside an object. */
function isExpression(text: string): boolean {
  try {
    new Script(`(${text})`)
    return true
  } catch {
    return false
  }
}

/**
 * Follows what is bound: what is added, changed or taken out counts from the next run on.
 *
 * @throws when an Auth0 Action that is there from the start does not load
 */
export function createActionLibrary(
  bound: (trigger: Trigger) => Action[],
  clock: Clock,
  log: (line: string) => void = () => undefined,
): ActionLibrary {
  const loaded = new WeakMap<Action, { code: string | undefined; functions: LoadedAction }>()
  /** A version that was deployed broken fails when it runs, as at Auth0. */
  const loadOrFail = (action: Action): LoadedAction => {
    try {
      return load(action)
    } catch (error) {
      return { handles: () => true, call: () => Promise.reject(error as Error) }
    }
  }
  const caches = new Map<Trigger, ActionCache>()

  function load(action: Action): LoadedAction {
    const known = loaded.get(action)
    if (known && known.code === action.code) return known.functions
    const functions = loadAction(action, log)
    loaded.set(action, { code: action.code, functions })
    return functions
  }
  const ready = (action: Action): BoundAction => ({
    ...loadOrFail(action),
    name: action.name,
    secrets: Object.fromEntries((action.secrets ?? []).map(({ name, value = '' }) => [name, value])),
  })
  triggers.flatMap(bound).forEach(load)

  return {
    log,
    ready,
    bound: (trigger) => bound(trigger).map(ready),
    cacheOf(trigger) {
      const cache = caches.get(trigger) ?? createActionCache(() => clock.now() * 1000)
      caches.set(trigger, cache)
      return cache
    },
  }
}
