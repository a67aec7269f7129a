import { Auth0Client } from '@auth0/auth0-spa-js'
import { callbackPath, tenantUrl, type Environment, type PublicConnection } from '../../contract/index.ts'
import { siteUrl } from './addresses.ts'
import { createTokenCache } from './token-cache.ts'
import type { EngineContext } from './types.ts'

/** Seconds that the hidden iframe may take: a missing web origin shows as silence. */
const silentTimeout = 10

/**
 * The SDK's client for a connection.
 *
 * @throws an error of the SDK's where the browser has no cryptography or no storage
 */
export function createSdkClient(
  { settings, host }: Pick<EngineContext, 'settings' | 'host'>,
  { domain, clientId, audience, organization }: PublicConnection,
  environment: Environment,
): Auth0Client {
  return new Auth0Client({
    // Without a scheme the SDK takes https; a local tenant speaks plain http.
    domain: tenantUrl(domain),
    clientId,
    authorizationParams: {
      redirect_uri: siteUrl(host, callbackPath),
      ...(audience && { audience }),
      ...(organization && {
        organization: organization.startsWith('org_') ? organization : organization.toLowerCase(),
      }),
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
        { cache: createTokenCache(environment) }),
  })
}
