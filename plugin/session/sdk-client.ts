import { Auth0Client, type Auth0ClientOptions, type LogoutOptions } from '@auth0/auth0-spa-js'
import { callbackPath, isLoopback, tenantUrl, toAuthorizeParameters } from '../../contract/index.ts'
import { toReturnUrl } from '../browser/addresses.ts'
import { toCookieName, toSuffix, toTransactionName } from '../browser/probe.ts'
import { createTokenCache } from './token-cache.ts'
import type { ConnectedContext, SdkClient } from './types.ts'

/** Seconds that the hidden iframe may take: a missing web origin shows as silence. */
const silentTimeout = 10

/** The SDK ends the session where its frame is refused a token, even one for one more API. That is not for it to say. */
class Client extends Auth0Client implements SdkClient {
  override logout(options: LogoutOptions = {}): Promise<void> {
    return options.openUrl === false ? Promise.resolve() : super.logout(options)
  }

  forget(): Promise<void> {
    return super.logout({ openUrl: false })
  }
}

const toOptions = ({ settings, host, connection, sdkOptions }: ConnectedContext): Auth0ClientOptions => {
  const { domain, clientId, audience, organization } = connection
  return {
    // A local tenant speaks plain http. Of others the SDK takes no scheme where it asks for second factors and passkeys.
    domain: isLoopback(domain) ? tenantUrl(domain) : domain,
    clientId,
    authorizationParams: {
      redirect_uri: toReturnUrl(host, callbackPath),
      ...toAuthorizeParameters({ audience, organization, authorizationParams: settings.authorizationParams }),
    },
    authorizeTimeoutInSeconds: silentTimeout,
    // As long as Auth0 keeps an inactive refresh token by default.
    sessionCheckExpiryDays: 15,
    legacySameSiteCookie: false,
    ...(settings.dpop && { useDpop: true }),
    ...sdkOptions,
  }
}

/**
 * The SDK's client for a connection.
 *
 * @throws an error of the SDK's where the browser has no cryptography or no storage
 */
export function createSdkClient(context: ConnectedContext): SdkClient {
  const { settings, host, environment, connection, sdkOptions } = context
  const client = new Client({
    ...toOptions(context),
    useRefreshTokens: true,
    ...(settings.multiResource && { useMrrt: true }),
    ...(settings.storage === 'memory'
      ? // After a reload the tenant's cookie, in a hidden frame, is all that is left of the session.
        { ...(!sdkOptions?.cache && { cacheLocation: 'memory' }), useRefreshTokensFallback: true }
      : { cache: createTokenCache(environment, host.site, settings.dpop) }),
  })
  if (host.site) nameBySite(client, connection.clientId, host.site)
  keepRefreshTokens(client)
  return client
}

/** The SDK's client for tokens that the session has no refresh token for. The tenant's cookie is all it goes by. */
export function createFramedClient(context: ConnectedContext): Auth0Client {
  const { host, connection } = context
  const options = toOptions(context)
  delete options.cache
  const client = new Client({ ...options, cacheLocation: 'memory' })
  if (host.site) nameBySite(client, connection.clientId, host.site)
  return client
}

/**
 * The SDK names its cookies, its keys and the login under way after the application, without an option to change that: sites that
 * share an origin and an application would take each other's for their own.
 */
function nameBySite(client: Auth0Client, clientId: string, site: string): void {
  const { transactionManager, dpop } = client as unknown as {
    transactionManager: object
    dpop?: { storage: object }
  }
  Object.assign(transactionManager, { storageKey: toTransactionName(clientId, site) })
  if (dpop) Object.assign(dpop.storage, { clientId: clientId + toSuffix(site) })
  Object.assign(client, {
    isAuthenticatedCookieName: toCookieName(site, clientId, 'is.authenticated'),
    orgHintCookieName: toCookieName(site, clientId, 'organization_hint'),
  })
}

/**
 * In memory, the SDK's worker drops its refresh token at every answer that brings no new one: also at a refusal that passes,
 * such as 429 or 500, and where the tenant does not rotate refresh tokens. It keeps the token when the message says so,
 * as the SDK has it for tokens that are bound to the tenant's session; one that is over is refused again.
 */
function keepRefreshTokens(client: Auth0Client): void {
  const { worker } = client as unknown as { worker?: Worker }
  if (!worker) return
  const post = worker.postMessage.bind(worker)
  worker.postMessage = (message: object, ...rest: unknown[]) =>
    post('fetchUrl' in message ? { ...message, preserveRefreshToken: true } : message, ...(rest as []))
}
