import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { LowgateError } from 'lowgate/contract'
import { ProxyError, toWireCode, type Problem, type ProxyCode } from 'lowgate/contract/proxy-api'
import { isStorageDown, isStorageFull } from '../storage/database.ts'
import { toRefusedRequest } from '../tenant/upstream-errors.ts'
import { tokenStatus, type TokenCode } from '../verify/errors.ts'
import { describe, proxyError, underlying } from '../errors.ts'

export const statusOf: Record<ProxyCode | TokenCode, ContentfulStatusCode> = {
  ...tokenStatus,
  'proxy/bad-request': 400,
  'proxy/unauthorized': 401,
  'proxy/token-expired': 401,
  'proxy/token-revoked': 401,
  'proxy/forbidden': 403,
  'proxy/not-permitted': 403,
  'proxy/insufficient-scope': 403,
  'proxy/not-in-plan': 403,
  'proxy/not-found': 404,
  'proxy/no-connection': 404,
  'proxy/conflict': 409,
  'proxy/secret-required': 409,
  'proxy/decrypt-failed': 409,
  'proxy/too-large': 413,
  'proxy/unsupported-media-type': 415,
  'proxy/invalid-input': 422,
  'proxy/unsafe-url': 422,
  'proxy/insecure-address': 422,
  'proxy/invalid-credentials': 422,
  'proxy/no-api-access': 422,
  'proxy/issuer-mismatch': 422,
  'proxy/rate-limited': 429,
  'proxy/internal': 500,
  'proxy/bad-upstream': 502,
  'proxy/blocked-address': 502,
  'proxy/redirect-refused': 502,
  'proxy/tls-error': 502,
  'proxy/unreachable': 502,
  'proxy/not-ready': 503,
  'proxy/not-connected': 503,
  'proxy/offline': 503,
  'proxy/timeout': 504,
  'proxy/storage-full': 507,
}

/** Errors that any route can answer, beside its own. */
export const commonErrors = [
  'proxy/bad-request',
  'proxy/unauthorized',
  'proxy/token-expired',
  'proxy/token-revoked',
  'proxy/forbidden',
  'proxy/not-permitted',
  'proxy/not-found',
  'proxy/too-large',
  'proxy/unsupported-media-type',
  'proxy/invalid-input',
  'proxy/rate-limited',
  'proxy/internal',
  'proxy/not-ready',
] as const satisfies readonly ProxyCode[]

/** The error to answer with for whatever was thrown: one of the proxy's, or `proxy/internal`. */
export function toAnswerable(error: unknown): LowgateError & { code: ProxyCode } {
  const known = underlying(error)
  if (known && known.code in statusOf) return known as LowgateError & { code: ProxyCode }
  return translate(error) as ProxyError & { code: ProxyCode }
}

function translate(cause: unknown): ProxyError {
  if (isStorageFull(cause)) return proxyError('proxy/storage-full', { cause })
  if (isStorageDown(cause)) return proxyError('proxy/not-ready', { cause })
  return toRefusedRequest(cause) ?? proxyError('proxy/internal', { cause })
}

export function toProblem(error: LowgateError & { code: ProxyCode }, requestId: string): Problem {
  const { title, cure = '' } = describe(error)
  return {
    error: toWireCode(error.code),
    error_description: title,
    suggestion: cure,
    request_id: requestId,
    ...(error instanceof ProxyError && {
      errors: error.fields?.slice(),
      retry_after: error.retryAfter,
      saved: error.saved,
    }),
  }
}
