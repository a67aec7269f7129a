import { errorCatalogue, type ErrorCode } from './catalogue.ts'

export interface ErrorDetails {
  /** Says more exactly what happened, in place of the catalogue's message; safe to show. */
  message?: string
  /** Says more exactly what to do, in place of the catalogue's suggestion; safe to show. */
  suggestion?: string
  /** The field of a form that the error is about. */
  field?: string
  /** The steps that led here, oldest first; safe to show. */
  trace?: readonly string[]
  /** What was thrown underneath. For debuggers and logs: it is never serialised. */
  cause?: unknown
}

/**
 * The one error that Lowgate throws: `code` to branch on, `message` and `suggestion` to show.
 *
 * @example
 * throw new LowgateError('auth/popup-blocked', { cause: error })
 */
export class LowgateError extends Error {
  override readonly name = 'LowgateError'
  readonly code: ErrorCode
  readonly suggestion: string
  readonly field?: string
  readonly trace?: readonly string[]

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const entry = errorCatalogue[code]
    super(details.message ?? entry.title)
    this.code = code
    this.suggestion = details.suggestion ?? entry.cure
    if (details.field) this.field = details.field
    if (details.trace) this.trace = details.trace
    // Not enumerable, so that neither JSON nor a spread carries it out.
    if (details.cause !== undefined) Object.defineProperty(this, 'cause', { value: details.cause })
  }

  toJSON() {
    const { code, message, suggestion, field, trace } = this
    return { code, message, suggestion, ...(field && { field }), ...(trace && { trace }) }
  }
}

/**
 * `error` as a {@link LowgateError}: itself, or made of the code that it carries. The runtime's smallest part throws
 * such errors, because no visitor should download every error's text for nothing. `undefined` for any other error.
 */
export function toKnownError(error: unknown): LowgateError | undefined {
  if (isLowgateError(error)) return error
  const code = error instanceof Error && 'code' in error && String(error.code)
  return code && Object.hasOwn(errorCatalogue, code)
    ? new LowgateError(code as ErrorCode, { cause: error })
    : undefined
}

/** Whether `error` is a {@link LowgateError}, and one of `codes` when any are given. */
export function isLowgateError<C extends ErrorCode>(
  error: unknown,
  ...codes: C[]
): error is LowgateError & { code: C } {
  return error instanceof LowgateError && (!codes.length || codes.some((code) => code === error.code))
}
