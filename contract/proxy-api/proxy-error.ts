import { LowgateError, type ErrorDetails } from '../errors/lowgate-error.ts'
import type { ConnectionView, ProxyCode } from './schemas.ts'

/** What an answer of the proxy carries beside code and words. */
export interface AnswerDetails {
  /** What is wrong with which field of the request. */
  fields?: readonly { field: string; message: string }[]
  /** Seconds to wait before trying again. */
  retryAfter?: number
  /** The saved version that the refused one differs from, on `proxy/conflict`. */
  saved?: ConnectionView
  /** What to quote to the operator, who finds the details in the log under it. */
  requestId?: string
}

/** An error on its way from the proxy to a caller: the server throws it, and the editor's client throws it again. */
export class ProxyError extends LowgateError {
  declare readonly code: ProxyCode
  declare readonly fields?: AnswerDetails['fields']
  declare readonly retryAfter?: number
  declare readonly saved?: ConnectionView
  declare readonly requestId?: string

  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- it narrows what may be passed
  constructor(code: ProxyCode, details?: ErrorDetails & AnswerDetails) {
    super(code, details)
  }
}
