import type { Context } from 'hono'
import type { StudioProblem } from '../api/endpoints.ts'
import { studioErrors, type StudioErrorName } from '../api/errors.ts'
import { logError } from './log-error.ts'

type Extras = Pick<StudioProblem, 'saved' | 'objections' | 'retry_after'>

/** What a request is answered with instead of a success. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: (typeof studioErrors)[StudioErrorName]['status']
  readonly problem: StudioProblem

  /** @param details `cure` instead of the error's own; `cause` for the log; the rest goes into the answer */
  constructor(
    error: StudioErrorName,
    { cure, cause, ...extras }: Extras & { cure?: string; cause?: unknown } = {},
  ) {
    const { status, code, title, cure: usual } = studioErrors[error]
    super(title, { cause })
    this.status = status
    this.problem = {
      error: code,
      error_description: title,
      suggestion: cure ?? usual,
      request_id: crypto.randomUUID(),
      ...extras,
    }
  }
}

/** `error` as an answer. What only the operator can understand is in the log, under the answer's `request_id`. */
export function toRefusal(error: unknown): Refusal {
  const refusal = error instanceof Refusal ? error : new Refusal('failed', { cause: error })
  if (refusal.cause !== undefined) logError(refusal.cause, refusal.problem)
  return refusal
}

export function answerError(error: unknown, context: Context): Response {
  const { status, problem } = toRefusal(error)
  if (problem.retry_after) context.header('Retry-After', String(problem.retry_after))
  return context.json(problem, status)
}
