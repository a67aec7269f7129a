import type { Trouble } from '../trouble.ts'
import type { ErrorCode } from './error-text.ts'

/** What is special about this occurrence of an error. */
export interface ErrorDetails {
  /** Says more exactly what happened than the code’s text; safe to show. */
  title?: Trouble['title']
  /** Says more exactly what to do than the code’s text; safe to show. */
  cure?: Trouble['cure']
  /** The field of a form that the error is about. */
  field?: string
  /** The HTTP status that an API answered with. */
  status?: number
  /** The steps that led here, oldest first; safe to show. */
  trace?: readonly string[]
  /** The organizations, by id or name, that a visitor may log in to in order to go on; safe to show. */
  organizations?: readonly string[]
  /** What was thrown underneath. For debuggers and logs: it is never serialised. */
  cause?: unknown
}

/**
 * The one error that Lowgate throws: `code` to branch on. Its text is looked up where it is shown, by
 * {@link loadTrouble} or in Vue by `useTrouble`.
 *
 * @example
 * throw new LowgateError('auth/popup-blocked', { cause: error })
 */
export class LowgateError extends Error {
  declare readonly title?: string
  declare readonly cure?: string
  declare readonly field?: string
  declare readonly status?: number
  declare readonly trace?: readonly string[]
  declare readonly organizations?: readonly string[]
  readonly code: ErrorCode

  constructor(code: ErrorCode, { cause, ...details }: ErrorDetails = {}) {
    // A cause is not enumerable, so that neither JSON nor a spread carries it out.
    super(details.title ?? code, cause === undefined ? undefined : { cause })
    this.code = code
    Object.assign(this, details)
  }

  override get name() {
    return 'LowgateError'
  }
}

/** Whether `error` is a {@link LowgateError}, and one of `codes` when any are given. */
export function isLowgateError<C extends ErrorCode>(
  error: unknown,
  ...codes: C[]
): error is LowgateError & { code: C } {
  return error instanceof LowgateError && (!codes.length || codes.some((code) => code === error.code))
}
