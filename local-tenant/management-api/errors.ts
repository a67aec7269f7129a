import type { ContentfulStatusCode } from 'hono/utils/http-status'

const reasons: Partial<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
}

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
    return { statusCode, error: reasons[statusCode] ?? 'Error', message, ...(errorCode && { errorCode }) }
  }
}

export function notFound(message: string, errorCode?: string): ManagementApiError {
  return new ManagementApiError(404, message, errorCode)
}

/** A query parameter Auth0's schema refuses. */
export function invalidQuery(problem: string, property: string, hint: string): ManagementApiError {
  return new ManagementApiError(
    400,
    `Query validation error: '${problem}' on property ${property} (${hint}).`,
    'invalid_query_string',
  )
}
