// @vitest-environment happy-dom
import {
  AuthenticationError,
  GenericError,
  MfaRequiredError,
  MissingRefreshTokenError,
  PopupCancelledError,
  PopupOpenError,
  PopupTimeoutError,
  TimeoutError,
} from '@auth0/auth0-spa-js'
import { expect, test } from 'vitest'
import { errorReference, LowgateError, tenantReason } from '../../contract/index.ts'
import { toLowgateError } from './errors.ts'

const popup = window

test.each([
  [new PopupOpenError(), 'auth/popup-blocked'],
  [new PopupCancelledError(popup), 'auth/popup-closed'],
  [new PopupTimeoutError(popup), 'auth/popup-timeout'],
  [new TimeoutError(), 'auth/timeout'],
  [new MissingRefreshTokenError('default', 'openid'), 'auth/more-access-required'],
  [
    new MfaRequiredError('mfa_required', 'Multifactor authentication required', 'token', {}),
    'auth/mfa-required',
  ],
  [new GenericError('login_required', 'Multifactor authentication required'), 'auth/mfa-required'],
  [new GenericError('login_required', 'Login required'), 'auth/login-required'],
  [new GenericError('missing_transaction', 'Invalid state'), 'auth/state-missing'],
  [new GenericError('constructor', 'A word that every object has'), 'auth/failed'],
  [new GenericError('state_mismatch', 'Invalid state'), 'auth/state-mismatch'],
  [new GenericError('invalid_grant', 'Invalid authorization code'), 'auth/exchange-refused'],
  [new GenericError('access_denied', 'Unauthorized'), 'auth/exchange-refused'],
  [new AuthenticationError('access_denied', 'User did not authorize the request', 's'), 'auth/access-denied'],
  [new AuthenticationError('unauthorized', 'user is blocked', 's'), 'auth/access-denied'],
  [new AuthenticationError('temporarily_unavailable', 'later', 's'), 'auth/tenant-failed'],
  [new GenericError('Internal Server Error', 'HTTP error. Unable to fetch x'), 'auth/tenant-failed'],
  [new GenericError('Too Many Requests', 'HTTP error. Unable to fetch x'), 'auth/rate-limited'],
  [new GenericError('too_many_requests', 'Global limit has been reached'), 'auth/rate-limited'],
  [new SyntaxError('Unexpected token < in JSON'), 'auth/tenant-failed'],
  [new TypeError('x is not a function'), 'auth/failed'],
  [new Error('Failed to fetch'), 'auth/tenant-unreachable'],
  [new TypeError('NetworkError when attempting to fetch resource.'), 'auth/tenant-unreachable'],
  [new TypeError('Load failed'), 'auth/tenant-unreachable'],
  [new TypeError('Failed to fetch dynamically imported module: x'), 'auth/not-loaded'],
  [new AuthenticationError('something_new', 'never seen', 's'), 'auth/failed'],
  [new TypeError('Failed to fetch'), 'auth/tenant-unreachable'],
  [new Error("Timeout when executing 'fetch'"), 'auth/timeout'],
  [new DOMException('full', 'QuotaExceededError'), 'auth/storage-unavailable'],
  [new Error('auth0-spa-js must run on a secure origin.'), 'config/insecure-origin'],
  [new Error('Issuer (iss) claim mismatch in the ID token; expected "a", found "b"'), 'auth/token-refused'],
  [new Error('Organization Name (org_name) claim mismatch in the ID token'), 'auth/token-refused'],
  [
    new Error(
      'Expiration Time (exp) claim error in the ID token; current time (x) is after expiration time (y)',
    ),
    'auth/clock-skew',
  ],
  [
    new DOMException('The relying party ID is not a registrable domain suffix', 'SecurityError'),
    'auth/failed',
  ],
  ['thrown by somebody else', 'auth/failed'],
])('%s is %s', (error, code) => {
  expect(toLowgateError(error)).toMatchObject({ code, cause: error })
})

test('a refused refresh token ends the session, a refused code does not', () => {
  const refused = new GenericError('invalid_grant', 'Unknown or invalid refresh token.')
  expect(toLowgateError(refused, 'refresh').code).toBe('auth/session-expired')
})

test('keeps the tenant’s reason out of what visitors read, and at hand for the builder, never at length', () => {
  const refused = toLowgateError(new AuthenticationError('access_denied', 'x'.repeat(5000), 's'))
  expect(JSON.stringify(refused)).not.toContain('xxx')
  expect(tenantReason(refused)).toHaveLength(300)
})

test('a refusal has a reference, by which its login is found in the tenant’s log; a closed window has none', () => {
  const refused = toLowgateError(new AuthenticationError('access_denied', 'user is blocked', 's'))
  expect(errorReference(refused)).toMatch(/^auth\/access-denied, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
  expect(errorReference(toLowgateError(new PopupCancelledError(popup)))).toBeUndefined()
})

test('passes its own errors through', () => {
  const own = new LowgateError('config/page-missing')
  expect(toLowgateError(own)).toBe(own)
})
