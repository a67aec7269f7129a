import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { STATUS_CODES } from 'node:http'

/** An answer of the Management API other than success, in its own body. */
export class ManagementApiError extends Error {
  readonly status: ContentfulStatusCode
  readonly errorCode: string | undefined

  constructor(status: ContentfulStatusCode, message: string, errorCode?: string) {
    super(message)
    this.status = status
    this.errorCode = errorCode
  }

  toBody() {
    const { status: statusCode, message, errorCode } = this
    const error = STATUS_CODES[statusCode] ?? 'Error'
    return { statusCode, error, message, errorCode }
  }
}

export function notFound(message: string, errorCode?: string): ManagementApiError {
  return new ManagementApiError(404, message, errorCode)
}

export function conflict(message: string, errorCode?: string): ManagementApiError {
  return new ManagementApiError(409, message, errorCode)
}

/** A body that Auth0's schema refuses. */
export function invalidBody(problem: string, property = ''): ManagementApiError {
  const place = property && ` on property ${property}`
  return new ManagementApiError(400, `Payload validation error: '${problem}'${place}.`, 'invalid_body')
}

/** A query parameter that Auth0's schema refuses. */
export function invalidQuery(problem: string, property = '', hint = ''): ManagementApiError {
  const place = property && ` on property ${property}${hint && ` (${hint})`}`
  return new ManagementApiError(400, `Query validation error: '${problem}'${place}.`, 'invalid_query_string')
}
