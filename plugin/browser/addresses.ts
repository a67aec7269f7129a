import { joinBasePath, stripBasePath, type RuntimeHost } from '../../contract/index.ts'
import { isReturnPath } from './probe.ts'

type Host = Pick<RuntimeHost, 'basePath' | 'landing'>

/** The site's home, as the browser shows it. */
export const toHome = ({ basePath, landing }: Host): string => landing?.() ?? joinBasePath(basePath, '/')

/** An address of this site with its origin, by its path below the base path. */
export const toSiteUrl = ({ basePath }: Host, path: string): string =>
  location.origin + joinBasePath(basePath, path)

/** Where the tenant returns to: `path` below the base path, unless the host names a page for that. */
export const toReturnUrl = (host: Host, path: string): string =>
  host.landing ? location.origin + host.landing() : toSiteUrl(host, path)

/** The path below the base path, of an address of this site. */
export const toSitePath = ({ basePath }: Host, { pathname }: Pick<URL, 'pathname'>): string =>
  stripBasePath(basePath, pathname)

/** Path, query and hash of what the browser shows. */
export const readAddress = (): string => location.pathname + location.search + location.hash

/**
 * `address` when it is a page of this site, else the site's home: what came through storage or a link never leads
 * to another origin, nor back to the callback.
 *
 * @see https://owasp.org/www-community/attacks/Unvalidated_Redirects_and_Forwards
 */
export function toSafeAddress(address: unknown, host: Host): string {
  const home = toHome(host)
  if (typeof address !== 'string' || !URL.canParse(address, location.origin)) return home
  const url = new URL(address, location.origin)
  const base = joinBasePath(host.basePath, '/')
  if (url.origin !== location.origin || !url.pathname.startsWith(base)) return home
  // "//" at the start would be read as another host by whatever resolves the address again.
  if (url.pathname.startsWith('//') || (!host.landing && isReturnPath(toSitePath(host, url)))) return home
  return url.pathname + url.search + url.hash
}
