import { errorCatalogue, isLowgateError, type ErrorEntry, type ErrorOwner } from '../../contract/index.ts'

export interface ErrorDescription {
  what: string
  why: string
  /** Who can do what about it. */
  cure: string
  owner: ErrorOwner
  setting?: string
}

/** An error in words for a builder: what happened, why, and who can do what. Anything foreign is `proxy/internal`. */
export function describeError(error: unknown): ErrorDescription {
  if (!isLowgateError(error)) return fromEntry(errorCatalogue['proxy/internal'])
  const entry = fromEntry(errorCatalogue[error.code])
  return { ...entry, what: error.message, cure: error.suggestion }
}

const fromEntry = ({ message, cause, suggestion, owner, setting }: ErrorEntry): ErrorDescription => ({
  what: message,
  why: cause,
  cure: suggestion,
  owner,
  ...(setting && { setting }),
})
