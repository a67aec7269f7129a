import type {
  ActionOutcome,
  ActionResult,
  AuthClient,
  ErrorCode,
  Fields,
  InputOf,
  User,
} from '../contract/index.ts'

/** One action as pure data: its form, validation, manifest entry and reference row are projected from it. */
export interface ActionDefinition {
  /** How workflows and hosts name the action; never changed once released. */
  readonly code: string
  readonly name: string
  /** One sentence: what the visitor observes. */
  readonly summary: string
  readonly outcome: ActionOutcome
  readonly returns: ActionResult
  readonly fields: Fields
  /** What it can raise beyond `input/invalid` and `config/no-connection`, which every action can. */
  readonly errors: readonly ErrorCode[]
}

/** What an action resolves with, inferred from `returns`. */
export type ResultOf<D extends ActionDefinition> = D['returns'] extends 'user'
  ? User | undefined
  : D['returns'] extends 'text'
    ? string
    : // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- the result of a promise
      void

/** What an action does, given validated input. */
export type RunOf<D extends ActionDefinition> = (
  input: InputOf<D['fields']>,
  context: ActionContext,
) => Promise<ResultOf<D>>

export interface ActionContext {
  /** The session's client, such as `session.client` of `lowgate/plugin`. */
  client: AuthClient
}

/**
 * Keeps the literal types of `definition`, so that input and result can be inferred from it.
 *
 * @example
 * const ping = defineAction({
 *   code: 'ping',
 *   name: 'Ping',
 *   summary: 'Does nothing.',
 *   outcome: 'resolves',
 *   returns: 'nothing',
 *   fields: {},
 *   errors: ['auth/failed'],
 * })
 */
export function defineAction<const D extends ActionDefinition>(definition: D): D {
  return definition
}
