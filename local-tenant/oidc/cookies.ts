import type { IncomingMessage } from 'node:http'
import type { Provider } from 'oidc-provider'

type Middleware = Parameters<Provider['use']>[0]

const suffix = '_compat'

/**
 * Lets frames on other sites send the tenant's cookies. As Auth0 sets `auth0_compat` beside `auth0`, each cookie is set a
 * second time for browsers that refuse such ones: Safari does over plain http, where Chromium and Firefox take a
 * loopback address for secure.
 *
 * @see https://auth0.com/docs/manage-users/cookies/samesite-cookie-attribute-changes
 */
export const crossSiteCookies: Middleware = async (ctx, next) => {
  await next()
  const cookies = [ctx.response.get('set-cookie') as string | string[]].flat().filter(Boolean)
  if (cookies.length) ctx.set('set-cookie', [...cookies.map(toCrossSite), ...cookies.map(toCompat)])
}

const toCrossSite = (cookie: string): string => cookie.replace(/; samesite=lax/i, '; samesite=none; secure')

const toCompat = (cookie: string): string => cookie.replace(/^([^=]*?)(\.sig)?=/, `$1${suffix}$2=`)

/** Reads a compat cookie where the browser has not kept the other one. */
export function takeCompatCookies({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const cookies = headers.cookie?.split('; ') ?? []
  const names = new Set(cookies.map((cookie) => cookie.split('=', 1)[0]))
  const taken = cookies
    .map((cookie) => cookie.replace(new RegExp(`^([^=]*)${suffix}((\\.sig)?=)`), '$1$2'))
    .filter((cookie, at) => cookie !== cookies[at] && !names.has(cookie.split('=', 1)[0]))
  if (taken.length) headers.cookie = [...cookies, ...taken].join('; ')
}
