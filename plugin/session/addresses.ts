import { callbackPath, loggedOutPath, type RuntimeHost } from '../../contract/index.ts'

/** A part of this site by its path under the base path, which may be given with or without its last slash. */
export const siteUrl = ({ basePath }: Pick<RuntimeHost, 'basePath'>, path: string): string =>
  location.origin + basePath.replace(/\/$/, '') + path

/** The path of an address of this site, under the base path. */
export const sitePath = (
  { basePath }: Pick<RuntimeHost, 'basePath'>,
  { pathname }: Pick<URL, 'pathname'>,
): string => pathname.slice(basePath.replace(/\/$/, '').length)

/** Path, query and hash of what the browser shows. */
export const currentAddress = (): string => location.pathname + location.search + location.hash

/**
 * `address` when it is a page of this site, else the site's home: what came through storage or a link never leads
 * to another origin, nor back to the callback.
 *
 * @see https://owasp.org/www-community/attacks/Unvalidated_Redirects_and_Forwards
 */
export function safeAddress(address: unknown, host: Pick<RuntimeHost, 'basePath'>): string {
  const home = host.basePath
  if (typeof address !== 'string' || !URL.canParse(address, location.origin)) return home
  const url = new URL(address, location.origin)
  if (url.origin !== location.origin || !url.pathname.startsWith(host.basePath)) return home
  const path = sitePath(host, url)
  // "//" at the start would be read as another host by whoever resolves the address again.
  if (url.pathname.startsWith('//') || path === callbackPath || path === loggedOutPath) return home
  return url.pathname + url.search + url.hash
}
