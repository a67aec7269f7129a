import { toCookieName } from './probe.ts'

/**
 * The organization that this browser's session is in, by id or name: the SDK notes it in a cookie. Absent when it is in
 * none, and when cookies cannot be read.
 */
export function organizationHint(clientId: string, site?: string): string | undefined {
  try {
    const [, rest = ''] = document.cookie.split(`${toCookieName(site, clientId, 'organization_hint')}=`)
    const [hint = ''] = rest.split(';')
    return decodeURIComponent(hint).replaceAll('"', '') || undefined
  } catch {
    return undefined
  }
}
