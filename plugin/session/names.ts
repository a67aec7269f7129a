/**
 * Begins the name of whatever the runtime keeps or shares in the browser: storage, channels, locks. Sites that share an
 * origin share none of them.
 */
export const nameFor = (site: string | undefined, rest: string): string => `lowgate${suffix(site)}:${rest}`

/** What follows the SDK's own first word in its names; nothing for a site that has its origin to itself. */
export const suffix = (site: string | undefined): string => (site ? `~${site}` : '')

/** The cookies in which the SDK notes that there is a session, and for which organization. */
export const cookieFor = (
  site: string | undefined,
  clientId: string,
  what: 'is.authenticated' | 'organization_hint',
): string => `auth0${suffix(site)}.${clientId}.${what}`
