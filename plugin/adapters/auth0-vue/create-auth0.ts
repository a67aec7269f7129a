import type {
  Auth0ClientOptions,
  Fetcher,
  GetTokenSilentlyOptions,
  GetTokenSilentlyVerboseResponse,
  PopupConfigOptions,
  PopupLoginOptions,
} from '@auth0/auth0-spa-js'
import { computed, shallowReactive, toRef, type App, type Ref } from 'vue'
import type { Router } from 'vue-router'
import { joinBasePath, LowgateError, stripBasePath, tenantUrl } from '../../../contract/index.ts'
import { readAddress } from '../../browser/addresses.ts'
import { createState } from '../../session/loader.ts'
import { createSession } from '../../session/shell.ts'
import type { Entry, HostedSession, RawClient } from '../../session/types.ts'
import { noteClient } from './guard.ts'
import { toSdkError } from './to-sdk-error.ts'
import { checkParameters, toSdkOptions, toSettings } from './to-settings.ts'
import type { Auth0PluginOptions, Auth0VueClient, LogoutOptions } from './types.ts'
import { AUTH0_INJECTION_KEY } from './use-auth0.ts'

/** The plugin for `app.use()`, which is the client as well. */
export interface Auth0Plugin extends Auth0VueClient {
  install(app: App): void
}

/**
 * Auth0 for a Vue app, with auth0-vue's options. Use it after the router, if there is one.
 *
 * @example
 * app.use(createAuth0({ domain: 'acme.eu.auth0.com', clientId: 'abc' }))
 */
export function createAuth0(
  options: Auth0ClientOptions,
  { skipRedirectCallback = false, errorPath = '/' }: Auth0PluginOptions = {},
): Auth0Plugin {
  const state = shallowReactive(createState())
  let installed: HostedSession | undefined
  let router: Router | undefined

  const session = (): HostedSession => {
    if (!installed) throw new LowgateError('host/not-installed')
    return installed
  }
  const base = () => joinBasePath(router?.options.history.base ?? '', '/')

  async function navigate(address: string): Promise<void> {
    if (router) await router.replace(stripBasePath(base(), address))
    else history.replaceState({}, '', address)
  }

  async function show(entry: Entry): Promise<void> {
    if (entry.outcome === 'redirect') await navigate(entry.address || base())
    if (entry.outcome === 'error') await navigate(joinBasePath(base(), errorPath))
  }

  const translate = <T>(result: Promise<T>): Promise<T> =>
    result.catch((error: unknown) => {
      throw toSdkError(error)
    })
  const call = <T>(act: (auth0: RawClient) => Promise<T>) => translate(session().sdk(act))

  /** A part of the SDK's client, whose methods load it first. */
  const later = <P extends object>(part: (auth0: RawClient) => P): P =>
    new Proxy({} as P, {
      get: (_, name) =>
        typeof name === 'string' &&
        ((...args: unknown[]) =>
          call(async (auth0) =>
            (part(auth0) as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]?.(...args),
          )),
    })

  /** Browsers let a window open during a click only, so it opens before anything is loaded. */
  async function withPopup<T>(
    { authorizationParams = {} }: PopupLoginOptions,
    config: PopupConfigOptions,
    act: (auth0: RawClient, config: PopupConfigOptions) => Promise<T>,
  ): Promise<T> {
    checkParameters(authorizationParams)
    const popup = (config.popup as Window | undefined) ?? open('', '_blank', 'popup')
    return call((auth0) => act(auth0, { ...config, popup })).finally(
      () => config.closePopup !== false && popup?.close(),
    )
  }

  async function getAccessTokenSilently(
    request: GetTokenSilentlyOptions & { detailedResponse: true },
  ): Promise<GetTokenSilentlyVerboseResponse | undefined>
  async function getAccessTokenSilently(request?: GetTokenSilentlyOptions): Promise<string | undefined>
  async function getAccessTokenSilently(request: GetTokenSilentlyOptions = {}) {
    const { authorizationParams = {}, cacheMode, detailedResponse } = request
    checkParameters(authorizationParams)
    if (cacheMode === 'cache-only') return call((auth0) => auth0.getTokenSilently(request))
    const { audience, scope } = authorizationParams
    const wider = { ...(audience && { audience }), ...(scope && { scope }) }
    const { client } = session()
    // Changed roles and profile show then, as with auth0-vue.
    if (cacheMode === 'off') await translate(client.refreshUser())
    const response = await translate(client.getTokenResponse(wider))
    return detailedResponse ? response : response.access_token
  }

  async function logout({ clientId = options.clientId, logoutParams = {}, openUrl }: LogoutOptions = {}) {
    await translate(session().client.logout({ mode: 'local' }))
    if (openUrl === false) return
    const { federated, ...others } = logoutParams
    const query = new URLSearchParams({
      ...(clientId && { client_id: clientId }),
      ...(others as Record<string, string>),
      ...(federated && { federated: '' }),
    })
    const { domain } = toSettings(options).connections.production ?? options
    const url = `${tenantUrl(domain)}/v2/logout?${query}`
    await (openUrl ? openUrl(url) : location.assign(url))
  }

  const client: Auth0Plugin = {
    isLoading: toRef(state, 'isLoading'),
    isAuthenticated: toRef(state, 'isAuthenticated'),
    user: toRef(state, 'user'),
    idTokenClaims: toRef(state, 'idTokenClaims'),
    error: computed(() => (state.error ? toSdkError(state.error) : null)) as Ref<unknown>,
    async loginWithRedirect(request = {}) {
      checkParameters(request.authorizationParams ?? {})
      return call((auth0) => auth0.loginWithRedirect(request))
    },
    loginWithPopup: async (request = {}, config = {}) =>
      withPopup(request, config, (auth0, config) => auth0.loginWithPopup(request, config)),
    getAccessTokenWithPopup: async (request = {}, config = {}) =>
      withPopup(request, config, (auth0, config) => auth0.getTokenWithPopup(request, config)),
    getAccessTokenSilently,
    logout,
    loginWithCustomTokenExchange: async (request) =>
      call((auth0) => auth0.loginWithCustomTokenExchange(request)),
    handleRedirectCallback: async (url) => call((auth0) => auth0.handleRedirectCallback(url)),
    checkSession: async () => void (await translate(session().client.getUser())),
    getDpopNonce: async (id) => call((auth0) => auth0.getDpopNonce(id)),
    setDpopNonce: async (nonce, id) => call((auth0) => auth0.setDpopNonce(nonce, id)),
    generateDpopProof: async (params) => call((auth0) => auth0.generateDpopProof(params)),
    // The SDK's class has members that only it may use.
    createFetcher: (config) => session().createFetcher(config) as Fetcher<never>,
    mfa: later((auth0) => auth0.mfa),
    passkey: later((auth0) => auth0.passkey),
    myAccount: later((auth0) => auth0.myAccount),
    install(app) {
      router = app.config.globalProperties.$router as Router | undefined
      const { redirect_uri = location.origin } = options.authorizationParams ?? {}
      installed = createSession({
        settings: toSettings(options),
        state,
        sdkOptions: toSdkOptions(options),
        host: {
          environment: () => 'production',
          basePath: base(),
          // To the letter, as it is in the application's list.
          landing: () => redirect_uri.slice(location.origin.length),
          pageAddress: ({ pageId }) => router?.resolve({ name: pageId }).href ?? base(),
          navigate,
        },
      })
      app.config.globalProperties.$auth0 = client
      app.provide(AUTH0_INJECTION_KEY, client)
      noteClient(client)
      if (!skipRedirectCallback) void installed.enter(readAddress()).then(show)
    },
  }
  return client
}
