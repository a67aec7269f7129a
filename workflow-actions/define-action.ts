import type {
  ActionOutcome,
  ActionResult,
  AuthClient,
  Condition,
  ErrorCode,
  Fields,
  InputOf,
  User,
} from '../contract/index.ts'
import { holds } from './projections/to-form.ts'

/** One action as pure data: its form, validation, manifest entry and reference row are projected from it. */
export interface ActionDefinition {
  /**
   * How workflows and hosts name the action, and the method of the session's client that it calls with the values of
   * its fields. Never changed once released.
   */
  readonly code: keyof AuthClient
  readonly name: string
  /** One sentence: what the visitor observes. */
  readonly summary: string
  readonly outcome: ActionOutcome
  /** Where an action that leaves the page stays on it after all. */
  readonly resolvesWhen?: Condition
  readonly returns: ActionResult
  readonly fields: Fields
  /** What it can raise beyond `input/invalid` and `config/no-connection`, which every action can. */
  readonly errors: readonly ErrorCode[]
}

/** What the values of `returns` mean. */
interface Results {
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- the result of a promise
  nothing: void
  user: User | undefined
  text: string
}

type Method<D extends ActionDefinition> = AuthClient[D['code']]
type Request<D extends ActionDefinition> =
  [] extends Required<Parameters<Method<D>>> ? object : NonNullable<Parameters<Method<D>>[0]>

/** Nothing for a definition whose fields and result are those of its method; else what cannot be met. */
type Fits<D extends ActionDefinition> = [
  InputOf<D['fields']>,
  keyof D['fields'],
  Awaited<ReturnType<Method<D>>>,
] extends [Request<D>, keyof Request<D>, Results[D['returns']]]
  ? unknown
  : { fields: 'must be what the method of the same name takes'; returns: 'must be what it answers' }

/**
 * Keeps the literal types of `definition`, so that its input can be inferred. A definition compiles only when the
 * client's method of that name takes its fields and answers what it returns.
 *
 * @example
 * const getUser = defineAction({
 *   code: 'getUser',
 *   name: 'Get user',
 *   summary: 'Answers the visitor’s profile, or nothing when nobody is logged in.',
 *   outcome: 'resolves',
 *   returns: 'user',
 *   fields: {},
 *   errors: [],
 * })
 */
export function defineAction<const D extends ActionDefinition>(definition: D & Fits<D>): D {
  return definition
}

/** What an action does to the page with these values. Bound values may be anything, so the page is taken to be left. */
export function outcomeOf(
  { outcome, resolvesWhen, fields }: Pick<ActionDefinition, 'outcome' | 'resolvesWhen' | 'fields'>,
  args: Readonly<Record<string, unknown>>,
): ActionOutcome {
  return resolvesWhen && holds(fields, resolvesWhen, args) ? 'resolves' : outcome
}
