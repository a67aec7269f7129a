import { isLowgateError, type AuthClient, type LowgateError } from '../../contract/index.ts'

/** What a visitor can do after an error, as the label of a button or link. */
export interface WayOn {
  label: string
  /** The login to start by `loginWithRedirect`. */
  request?: NonNullable<Parameters<AuthClient['loginWithRedirect']>[0]>
  /** An address to open in a new window, in place of a login. */
  href?: string
}

/**
 * The ways on that an error itself leaves: a login on the page instead of in a blocked window, a window in place of a frame,
 * or the organizations to log in to. Empty for every other error.
 *
 * @example
 * const button = document.createElement('button')
 * const [way] = waysOn(error)
 * if (way?.request) button.onclick = () => session.client.loginWithRedirect(way.request)
 */
export function waysOn(error: unknown): WayOn[] {
  if (!isLowgateError(error)) return []
  const { code, organizations = [], login = {} } = error
  const isBlocked = code === 'auth/popup-blocked'
  if (code === 'auth/framed' || (isBlocked && window.top !== window.self))
    return [{ label: 'Open in a new window', href: location.href }]
  if (isBlocked) return [{ label: 'Log in on this page instead', request: login }]
  return organizations.map((organization) => ({
    label: `Log in to ${organization}`,
    request: { organization },
  }))
}

/** Refusals of this account that another one may not meet. */
const refusals = ['auth/access-denied', 'auth/not-permitted', 'auth/organization-required']

/** What to offer in place of a page that an error keeps from being shown: {@link waysOn}, and a login. */
export function waysOnFromPage(error: LowgateError): WayOn[] {
  if (error.code.startsWith('config/')) return []
  const ways = waysOn(error)
  if (ways.some(({ href }) => href)) return ways
  const login = refusals.includes(error.code)
    ? { label: 'Log in with another account', request: { prompt: 'login' as const } }
    : { label: error.code === 'auth/login-required' ? 'Log in' : 'Log in again' }
  return [...ways, login]
}
