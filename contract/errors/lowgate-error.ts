import type { AuthClient } from '../auth-client.ts'
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
  /** The login that could not start in a window, for {@link AuthClient.loginWithRedirect}; safe to start. */
  login?: Parameters<AuthClient['loginWithRedirect']>[0]
  /** When the tenant refused, in ISO 8601: with the code, it leads the site's owner to the login in the tenant's log. */
  at?: string
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
  declare readonly login?: Parameters<AuthClient['loginWithRedirect']>[0]
  declare readonly at?: string
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

/**
 * The tenant's own words for an error, for those who build the site: they may name users and settings, so show them in an
 * editor and a preview only. At most 300 characters, and plain text.
 */
export function tenantReason(error: unknown): string | undefined {
  const cause = isLowgateError(error) ? error.cause : undefined
  if (!(cause instanceof Error) || !('error_description' in cause)) return undefined
  return String(cause.error_description).slice(0, 300) || undefined
}

/** What a visitor hands to the site's owner: the code and the time (UTC). Absent where the tenant's log does not help. */
export function errorReference(error: unknown): string | undefined {
  if (!isLowgateError(error) || !error.at) return undefined
  return `${error.code}, ${error.at.slice(0, 19).replace('T', ' ')} UTC`
}
