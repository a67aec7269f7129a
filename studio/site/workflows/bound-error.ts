import { isLowgateError, loadTrouble, type Trouble } from 'lowgate/contract'

/** An error as bindings see it, who read own properties only. */
export interface BoundError extends Trouble {
  /** The title, by the name that projects made with 0.1 bind to. */
  message: string
  /** The cure, by the name that projects made with 0.1 bind to. */
  suggestion: string
  /** The field that the error is about. */
  field?: string
  /** The HTTP status that an API answered with; absent when it gave no answer. */
  status?: number
}

export async function toBoundError(error: unknown): Promise<BoundError> {
  const trouble = await loadTrouble(error)
  return {
    ...trouble,
    ...(isLowgateError(error) ? { field: error.field, status: error.status } : { why: String(error) }),
    message: trouble.title,
    suggestion: trouble.cure ?? '',
  }
}
