/**
 * A path of the site as the browser shows it.
 *
 * @param basePath The path that the site lives under, with or without its last slash.
 * @param path Below it, with its first slash.
 * @example
 * joinBasePath('/shop/', '/callback') // '/shop/callback'
 */
export const joinBasePath = (basePath: string, path: string): string => basePath.replace(/\/$/, '') + path

/**
 * What {@link joinBasePath} was given as `path`.
 *
 * @param address A path of the site as the browser shows it; a query and a hash stay with it. One that is not below the
 *   base path, such as `/shopping` for `/shop`, comes back as it is.
 */
export function stripBasePath(basePath: string, address: string): string {
  const base = joinBasePath(basePath, '')
  const path = address.slice(base.length)
  return address.startsWith(base) && /^([/?#]|$)/.test(path) ? path : address
}
