import type { Mail } from '../tenant/mailbox.ts'
import type { TenantSettings } from '../tenant/seeds/schema.ts'
import type { Fault, RequestEntry } from './state.ts'

/** The control API of a tenant that was started with `control: true`, for tests in TypeScript. */
export interface TenantControl {
  /** The next completed login ends with this error at the application. */
  denyNextLogin(error?: { error?: string; error_description?: string }): Promise<void>
  /** Every browser has to log in again; refresh tokens stay good. */
  expireSessions(): Promise<void>
  revokeRefreshTokens(email: string): Promise<void>
  rotateKeys(): Promise<void>
  /** Tokens signed before the last rotation no longer verify. */
  withdrawKeys(): Promise<void>
  /** Moves the tenant's time this many seconds ahead of the machine's. */
  shiftClock(offset: number): Promise<void>
  blockThirdPartyCookies(blocked: boolean): Promise<void>
  changeTenant(settings: Partial<TenantSettings>): Promise<void>
  addFault(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  /** The requests so far whose path starts so, oldest first. */
  requests(path?: string): Promise<RequestEntry[]>
  clearRequests(): Promise<void>
  mails(): Promise<Mail[]>
  oneTimeCode(email: string): Promise<string>
}

/**
 * @throws when the tenant refuses, as it does without `control: true`
 * @example
 * const control = connectControl('http://localhost:4400')
 * await control.addFault({ kind: 'rate-limit', path: '/api/v2/clients', times: 1, seconds: 60 })
 */
export function connectControl(url: string): TenantControl {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/control${path}`, {
      method,
      ...(method !== 'GET' && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body ?? {}),
      }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /control${path} answered ${response.status}: ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

  return {
    denyNextLogin: (error) => call('POST', '/deny-next-login', error),
    expireSessions: () => call('POST', '/expire-sessions'),
    revokeRefreshTokens: (email) => call('POST', '/revoke-refresh-tokens', { email }),
    rotateKeys: () => call('POST', '/keys/rotate'),
    withdrawKeys: () => call('POST', '/keys/withdraw'),
    shiftClock: (offset) => call('POST', '/clock', { offset }),
    blockThirdPartyCookies: (blocked) => call('POST', '/third-party-cookies', { blocked }),
    changeTenant: (settings) => call('PATCH', '/tenant', settings),
    addFault: (fault) => call('POST', '/faults', fault),
    clearFaults: () => call('DELETE', '/faults'),
    requests: (path = '/') => call('GET', `/requests?path=${encodeURIComponent(path)}`),
    clearRequests: () => call('DELETE', '/requests'),
    mails: () => call('GET', '/mails'),
    oneTimeCode: async (email) =>
      (await call<{ code: string }>('GET', `/one-time-code?email=${encodeURIComponent(email)}`)).code,
  }
}
