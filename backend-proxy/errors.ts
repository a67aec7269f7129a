import { LowgateError, type ErrorDetails } from '../contract/index.ts'
import type { Problem } from '../contract/proxy-api/index.ts'

type ProxyCode = Extract<LowgateError['code'], `proxy/${string}`>
type Extras = Pick<Problem, 'errors' | 'retry_after' | 'saved'>

/** A {@link LowgateError} on its way to a caller, with what the answer carries beside code and texts. */
export class ProxyError extends LowgateError {
  readonly extras: Extras

  constructor(code: ProxyCode, { extras = {}, ...details }: ErrorDetails & { extras?: Extras } = {}) {
    super(code, details)
    this.extras = extras
  }
}

/** The refusal of a form, field by field. */
export function invalidInput(field: string, message: string): ProxyError {
  return new ProxyError('proxy/invalid-input', { field, extras: { errors: [{ field, message }] } })
}

/** The error of ours that lies under what a library threw, or `undefined`. */
export function underlying(error: unknown): LowgateError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof LowgateError) return at
  return undefined
}
