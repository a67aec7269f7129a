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
 * Whether the tenant has sent the visitor to this address, after a login or a logout. On a host's own page that is so
 * only for what this tab has asked for: everything else there, such as another provider's `code` and `state`, belongs to
 * the page.
 */
export function returnAt(
  { basePath, landing, site }: Pick<RuntimeHost, 'basePath' | 'landing' | 'site'>,
  url: URL,
  clientId = '',
): 'login' | 'logout' | undefined {
  if (!landing) {
    const path = stripBasePath(basePath, url.pathname)
    return path === callbackPath ? 'login' : path === loggedOutPath ? 'logout' : undefined
  }
  const state = url.searchParams.get('state')
  const pending = readJson<{ state?: string }>(tabStore, toTransactionName(clientId, site))
  if (state && state === pending?.state) return 'login'
  const isLanding = withSlash(url.pathname) === withSlash(landing())
  return isLanding && tabStore.get(toName(site, 'after-logout')) ? 'logout' : undefined
}

/** Servers and routers add and take the last slash as they like. */
const withSlash = (path: string): string => joinBasePath(path, '/')
