/**
 * Whether this browser may hold a session with the application: a cookie that the SDK leaves. It is a hint, no
 * proof, and costs no request; unreadable cookies count as none.
 */
export function hasSessionHint(clientId: string): boolean {
  try {
    return document.cookie.includes(`auth0.${clientId}.is.authenticated=true`)
  } catch {
    return false
  }
}
