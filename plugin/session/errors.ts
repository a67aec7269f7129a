import type { GenericError } from '@auth0/auth0-spa-js'
import { LowgateError, isLowgateError, type ErrorCode } from '../../contract/index.ts'

/** Codes that mean the same wherever the SDK raises them. */
const byCode: Record<string, ErrorCode> = {
  missing_transaction: 'auth/state-missing',
  state_mismatch: 'auth/state-mismatch',
  popup_open: 'auth/popup-blocked',
  cancelled: 'auth/popup-closed',
  timeout: 'auth/timeout',
  login_required: 'auth/login-required',
  consent_required: 'auth/login-required',
  interaction_required: 'auth/login-required',
  account_selection_required: 'auth/login-required',
  mfa_required: 'auth/mfa-required',
  missing_refresh_token: 'auth/more-access-required',
  missing_scopes: 'auth/more-access-required',
  too_many_requests: 'auth/rate-limited',
  'Too Many Requests': 'auth/rate-limited',
  temporarily_unavailable: 'auth/tenant-failed',
  server_error: 'auth/tenant-failed',
  request_error: 'auth/tenant-failed',
}

/** What the tenant answers on the way back from its login page, or to the code that it gave there. */
const byLoginCode: Record<string, ErrorCode> = {
  access_denied: 'auth/access-denied',
  unauthorized: 'auth/access-denied',
  unauthorized_client: 'auth/access-denied',
  invalid_grant: 'auth/exchange-refused',
  invalid_client: 'auth/exchange-refused',
}

/** What the token endpoint answers to a refresh token. */
const byRefreshCode: Record<string, ErrorCode> = {
  invalid_grant: 'auth/session-expired',
  access_denied: 'auth/session-expired',
  unauthorized: 'auth/session-expired',
}

/** Browsers, the SDK's worker and its checks of an ID token throw bare errors: all there is to go by is their wording. */
const byMessage: [RegExp, ErrorCode][] = [
  [/^(Expiration|Not Before|Authentication) Time .*(after|before|passed)/, 'auth/clock-skew'],
  [/ID token|Organization (ID|Name)/, 'auth/token-refused'],
  [/secure origin/, 'config/insecure-origin'],
  [/^Timeout when executing 'fetch'/, 'auth/timeout'],
  [/dynamically imported|module script/i, 'auth/not-loaded'],
  // Of Chromium, Firefox and Safari.
  [
    /^(Failed to fetch|Network ?Error|Load failed|The (Internet|network) connection)/i,
    'auth/tenant-unreachable',
  ],
]

const refusals: ErrorCode[] = ['auth/access-denied', 'auth/exchange-refused', 'auth/failed']

/**
 * Any error of the SDK, the browser or the tenant as one of ours.
 *
 * @param asked What the tenant was asked for: a login, or a refresh of its tokens.
 */
export function toLowgateError(error: unknown, asked: 'login' | 'refresh' = 'login'): LowgateError {
  if (isLowgateError(error)) return error
  const code = codeOf(error, asked)
  // Only refusals have an entry in the tenant's log.
  const isRefusal = isSdkError(error) && refusals.includes(code)
  return new LowgateError(code, { ...(isRefusal && { at: new Date().toISOString() }), cause: error })
}

/** The SDK's own errors, told by their shape: importing its classes would download all of it. */
const isSdkError = (error: unknown): error is GenericError =>
  error instanceof Error && 'error' in error && 'error_description' in error

/** The tenant may answer with any word, such as `constructor`, which every object has. */
const find = (codes: Record<string, ErrorCode>, word: string) =>
  Object.hasOwn(codes, word) ? codes[word] : undefined

function codeOf(error: unknown, asked: 'login' | 'refresh'): ErrorCode {
  if (isSdkError(error)) {
    if (error.error === 'timeout' && 'popup' in error) return 'auth/popup-timeout'
    // What the token endpoint answers an application that it expects a secret from.
    if (error.error_description === 'Unauthorized') return 'auth/exchange-refused'
    // The hidden frame's way to say so.
    if (error.error_description === 'Multifactor authentication required') return 'auth/mfa-required'
    const own = asked === 'refresh' ? byRefreshCode : byLoginCode
    const known = find(own, error.error) ?? find(byCode, error.error)
    // What the SDK says where the answer is not in the protocol's words, as of a proxy or an overloaded server.
    return known ?? (/^HTTP error\. /.test(error.error_description) ? 'auth/tenant-failed' : 'auth/failed')
  }
  const message = error instanceof Error ? error.message : ''
  // A passkey's is about the domain that it is for.
  const isAboutStorage = error instanceof DOMException && !/relying party|domain/i.test(message)
  if (isAboutStorage && /Quota|Security/.test(error.name)) return 'auth/storage-unavailable'
  if (error instanceof SyntaxError) return 'auth/tenant-failed'
  return byMessage.find(([pattern]) => pattern.test(message))?.[1] ?? 'auth/failed'
}
