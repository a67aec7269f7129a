import { causesOf, proxyError, underlying } from '../errors.ts'
import type { LowgateError } from 'lowgate/contract'

const tlsCode = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$|HOSTNAME_MISMATCH$)/
const timeoutCode = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/
const brokenCode = /^(HPE_|Z_|ERR__ERROR_FORMAT|UND_ERR_(RESPONSE|INVALID|RES_))/

/** What a failed exchange with a tenant means. `answered`: its headers had arrived. */
export function toNetworkError(error: unknown, answered: boolean): LowgateError {
  const ours = underlying(error)
  if (ours) return ours
  const codes: string[] = []
  for (const at of causesOf(error)) {
    codes.push(at.name)
    if ('code' in at && typeof at.code === 'string') codes.push(at.code)
  }
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code))
  if (has(/^(TimeoutError|AbortError)$/) || has(timeoutCode))
    return proxyError('proxy/timeout', { cause: error })
  if (has(tlsCode)) return proxyError('proxy/tls-error', { cause: error })
  if (answered || has(brokenCode)) return proxyError('proxy/bad-upstream', { cause: error })
  return proxyError('proxy/unreachable', { cause: error })
}
