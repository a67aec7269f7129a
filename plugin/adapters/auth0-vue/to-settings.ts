import type { Auth0ClientOptions, ClientAuthorizationParams } from '@auth0/auth0-spa-js'
import { LowgateError, reservedParameters, toDomain, type PublicSettings } from '../../../contract/index.ts'
import type { SdkOptions } from '../../session/types.ts'

/** The settings that the options of auth0-vue come to; the environment is always `production`. */
export function toSettings(options: Auth0ClientOptions): PublicSettings {
  const { domain, clientId, cacheLocation, cache, useMrrt, useDpop, authorizationParams = {} } = options
  const { audience, organization, scope: scopes, ...others } = authorizationParams
  delete others.redirect_uri
  const scope = typeof scopes === 'object' ? scopes[audience ?? 'default'] : scopes
  checkParameters(authorizationParams)
  return {
    connections: {
      production: {
        domain: toDomain(domain) ?? domain,
        clientId,
        ...(audience && { audience }),
        ...(organization && { organization }),
      },
    },
    storage: cacheLocation === 'localstorage' && !cache ? 'localstorage' : 'memory',
    authorizationParams: Object.fromEntries(
      Object.entries({ ...others, scope }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    ),
    // auth0-vue revokes nothing by itself.
    revokeOnLogout: false,
    ...(useMrrt && { multiResource: true }),
    ...(useDpop && { dpop: true }),
  }
}

/** Those of the options that only the SDK understands. */
export function toSdkOptions(options: Auth0ClientOptions): SdkOptions {
  const names = [
    ...(['authorizeTimeoutInSeconds', 'cache', 'cookieDomain', 'httpTimeoutInSeconds'] as const),
    ...(['leeway', 'sessionCheckExpiryDays', 'useFormData', 'workerUrl'] as const),
  ]
  return Object.fromEntries(names.flatMap((name) => (name in options ? [[name, options[name]]] : [])))
}

/**
 * Refuses what could take a login's safety away.
 *
 * @throws `input/invalid` for one that the SDK makes itself, and for a `redirect_uri` of another origin
 */
export function checkParameters(parameters: ClientAuthorizationParams): void {
  const { redirect_uri, ...others } = parameters
  const reserved = Object.keys(others).find((name) => reservedParameters.includes(name))
  const isElsewhere =
    redirect_uri !== undefined && new URL(redirect_uri, location.href).origin !== location.origin
  if (reserved === undefined && !isElsewhere) return
  throw new LowgateError('input/invalid', {
    field: 'authorizationParams',
    title: `The parameter “${reserved ?? 'redirect_uri'}” of a login cannot be set to that.`,
    cure: 'Leave it out, or name an address of this origin as redirect_uri.',
  })
}
