import { Auth0Client } from '@auth0/auth0-spa-js'
import { callbackPath, tenantUrl, toAuthorizeParameters } from '../../contract/index.ts'
import { toSiteUrl } from '../browser/addresses.ts'
import { toCookieName } from '../browser/probe.ts'
import { toTransactionName } from './login.ts'
import { createTokenCache } from './token-cache.ts'
import type { ConnectedContext } from './types.ts'

/** Seconds that the hidden iframe may take: a missing web origin shows as silence. */
const silentTimeout = 10

/**
 * The SDK's client for a connection.
 *
 * @throws an error of the SDK's where the browser has no cryptography or no storage
 */
export function createSdkClient({
  settings,
  host,
  environment,
  connection: { domain, clientId, audience, organization },
}: ConnectedContext): Auth0Client {
  const client = new Auth0Client({
    // Without a scheme the SDK takes https; a local tenant speaks plain http.
    domain: tenantUrl(domain),
    clientId,
    authorizationParams: {
      redirect_uri: toSiteUrl(host, callbackPath),
      ...toAuthorizeParameters({ audience, organization }),
    },
    useRefreshTokens: true,
    authorizeTimeoutInSeconds: silentTimeout,
    // As long as Auth0 keeps an inactive refresh token by default.
    sessionCheckExpiryDays: 15,
    legacySameSiteCookie: false,
    ...(settings.storage === 'memory'
      ? // After a reload the tenant's cookie, in a hidden frame, is all that is left of the session.
        { cacheLocation: 'memory', useRefreshTokensFallback: true }
      : // No frame here: when it fails, the SDK ends the session, also for a token that only one API lacked.
        { cache: createTokenCache(environment, host.site) }),
  })
  if (host.site) nameBySite(client, clientId, host.site)
  return client
}

/**
 * The SDK names its cookies and the login under way after the application, without an option to change that: sites that
 * share an origin and an application would take each other's for their own.
 */
function nameBySite(client: Auth0Client, clientId: string, site: string): void {
  const { transactionManager } = client as unknown as { transactionManager: object }
  Object.assign(transactionManager, { storageKey: toTransactionName(clientId, site) })
  Object.assign(client, {
    isAuthenticatedCookieName: toCookieName(site, clientId, 'is.authenticated'),
    orgHintCookieName: toCookieName(site, clientId, 'organization_hint'),
  })
}
