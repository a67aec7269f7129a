/** What a public page asks, before anything else is loaded. Every byte here counts for people who never log in. */
import {
  callbackPath,
  environmentInForce,
  loggedOutPath,
  type Environment,
  type PublicConnection,
  type PublicSettings,
} from '../../contract/index.ts'

/** A page is rendered on a server, where nobody is logged in. */
export const isServer = typeof document === 'undefined'

/**
 * The connection for a site at `origin`: the settings' own map of origins wins over the host's answer, then the
 * fall-back order of environments applies.
 */
export function connectionInForce(
  { origins, connections }: PublicSettings,
  origin: string,
  hostAnswer: Environment,
): { environment: Environment | undefined; connection: PublicConnection | undefined } {
  const environment = environmentInForce(
    origins?.[origin] ?? hostAnswer,
    (candidate) => !!connections[candidate],
  )
  return { environment, connection: environment && connections[environment] }
}

/**
 * Whether this browser may hold a session with the application: a cookie that the SDK leaves. It is only a hint, and
 * costs no request; unreadable cookies count as none.
 *
 * @param site As the host gave it to the runtime.
 */
export function hasSessionHint(clientId: string, site?: string): boolean {
  try {
    return document.cookie.includes(`${toCookieName(site, clientId, 'is.authenticated')}=true`)
  } catch {
    return false
  }
}

/**
 * Whether this browser keeps tokens for the application. The cookie may be gone, since browsers end cookies sooner than
 * other site data: every page asks for both, so that all of them give one answer.
 */
export function hasKeptTokens(environment: Environment, clientId: string, site?: string): boolean {
  try {
    return toName(site, `${environment}:${toKeyPrefix(clientId)}${userSuffix}`) in localStorage
  } catch {
    return false
  }
}

/** What the SDK's names begin with, for an application. */
export const toKeyPrefix = (clientId: string): string => `@@auth0spajs@@::${clientId}::`

/** Ends the key of the entry that holds the ID token; the SDK writes it before the tokens that came with it. */
export const userSuffix = '@@user@@'

/** What the tabs of a site tell each other of their session with an application. */
export const toChannelName = (environment: Environment, clientId: string, site?: string): string =>
  toName(site, `${environment}:${clientId}`)

/** Whether Auth0 returns to this path, which is one below the base path. */
export const isReturnPath = (path: string | undefined): boolean =>
  path === callbackPath || path === loggedOutPath

/** The cookies in which the SDK notes that there is a session, and for which organization. */
export const toCookieName = (
  site: string | undefined,
  clientId: string,
  what: 'is.authenticated' | 'organization_hint',
): string => `auth0${toSuffix(site)}.${clientId}.${what}`

/** What the names begin with under which a tab keeps the logins that it started, one for each application. */
export const toTransactionPrefix = (site?: string): string => `a0.spajs.txs${toSuffix(site)}.`

/** Where the tab's storage holds the login that was started at this application. */
export const toTransactionName = (clientId: string, site?: string): string =>
  toTransactionPrefix(site) + clientId

/**
 * The name of whatever the runtime keeps or shares in the browser: storage, channels, locks. Sites that share an
 * origin share none of them.
 */
export const toName = (site: string | undefined, rest: string): string => `lowgate${toSuffix(site)}:${rest}`

/** What follows the SDK's own first word in its names; nothing for a site that has its origin to itself. */
export const toSuffix = (site: string | undefined): string => (site ? `~${site}` : '')
