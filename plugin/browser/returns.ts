import {
  callbackPath,
  joinBasePath,
  loggedOutPath,
  stripBasePath,
  type RuntimeHost,
} from '../../contract/index.ts'
import { toName, toTransactionName } from './probe.ts'
import { readJson, tabStore } from './storage.ts'

/**
 * Whether the tenant has sent the visitor to this address, after a login or a logout: to the host's landing if it has
 * one, else to the fixed paths.
 */
export function returnAt(
  { basePath, landing, site }: Pick<RuntimeHost, 'basePath' | 'landing' | 'site'>,
  url: URL,
  clientId = '',
): Return | undefined {
  if (landing) return landingAt(landing(), url, clientId, site)
  const path = stripBasePath(basePath, url.pathname)
  return path === callbackPath ? 'login' : path === loggedOutPath ? 'logout' : undefined
}

export type Return = 'login' | 'logout'

/**
 * The same where the landing is a page of the host's own. It is so only for what this tab has asked for: everything else
 * there, such as another provider's `code` and `state`, belongs to the page.
 */
export function landingAt(
  landing: string,
  url: URL,
  clientId: string | undefined,
  site: string | undefined,
): Return | undefined {
  const state = url.searchParams.get('state')
  const pending = readJson<{ state?: string }>(tabStore, toTransactionName(clientId ?? '', site))
  if (state && state === pending?.state) return 'login'
  const isLanding = withSlash(url.pathname) === withSlash(landing)
  return isLanding && tabStore.get(toName(site, 'after-logout')) ? 'logout' : undefined
}

/** Servers and routers add and take the last slash as they like. */
const withSlash = (path: string): string => joinBasePath(path, '/')
