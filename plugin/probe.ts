import { cookieFor } from './session/names.ts'

/**
 * Whether this browser may hold a session with the application: a cookie that the SDK leaves. It is a hint, no
 * proof, and costs no request; unreadable cookies count as none.
 *
 * @param site As the host gave it to the runtime.
 */
export function hasSessionHint(clientId: string, site?: string): boolean {
  try {
    return document.cookie.includes(`${cookieFor(site, clientId, 'is.authenticated')}=true`)
  } catch {
    return false
  }
}
