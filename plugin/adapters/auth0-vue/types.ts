import type {
  Auth0ClientOptions,
  ConnectAccountRedirectResult,
  CustomFetchMinimalOutput,
  CustomTokenExchangeOptions,
  Fetcher,
  FetcherConfig,
  GetTokenSilentlyOptions,
  GetTokenSilentlyVerboseResponse,
  GetTokenWithPopupOptions,
  IdToken,
  LogoutOptions as SdkLogoutOptions,
  MfaApiClient,
  MyAccountApiClient,
  PasskeyApiClient,
  PopupConfigOptions,
  PopupLoginOptions,
  RedirectLoginOptions as SdkLoginOptions,
  RedirectLoginResult,
  TokenEndpointResponse,
  User,
} from '@auth0/auth0-spa-js'
import type { App, Ref } from 'vue'

/** What a login comes back with. */
export interface AppState {
  /** The path that is shown then, below the base path. Default: `/`. */
  target?: string
  // As auth0-vue has it: apps keep what they like.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  [key: string]: any
}

/** What `createAuth0` takes, in the words of Auth0's SDK. */
export type Auth0VueClientOptions = Auth0ClientOptions

export interface Auth0PluginOptions {
  /** Leaves `code` and `state` in the page's address to somebody else. Default: false. */
  skipRedirectCallback?: boolean
  /** The path that is shown after a login that failed. Default: `/`. */
  errorPath?: string
}

export type LogoutOptions = Omit<SdkLogoutOptions, 'onRedirect'>
export type RedirectLoginOptions<S = AppState> = Omit<SdkLoginOptions<S>, 'onRedirect'>

export interface AuthGuardOptions {
  /** The app whose visitors are asked for a login. Default: the one that used `createAuth0` last. */
  app?: App
  /** What the login is told. */
  redirectLoginOptions?: RedirectLoginOptions
}

/** What `useAuth0` answers, in auth0-vue's shape. */
export interface Auth0VueClient {
  isLoading: Ref<boolean>
  isAuthenticated: Ref<boolean>
  user: Ref<User | undefined>
  idTokenClaims: Ref<IdToken | undefined>
  /** The SDK's error, or a `LowgateError` where the SDK raised none; `null` while there is none. */
  // As auth0-vue has it, so that apps read what they know.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  error: Ref<any>
  loginWithPopup(options?: PopupLoginOptions, config?: PopupConfigOptions): Promise<void>
  loginWithRedirect(options?: RedirectLoginOptions): Promise<void>
  loginWithCustomTokenExchange(options: CustomTokenExchangeOptions): Promise<TokenEndpointResponse>
  handleRedirectCallback(
    url?: string,
  ): Promise<RedirectLoginResult<AppState> | ConnectAccountRedirectResult<AppState>>
  checkSession(options?: GetTokenSilentlyOptions): Promise<void>
  getAccessTokenSilently(
    options: GetTokenSilentlyOptions & { detailedResponse: true },
  ): Promise<GetTokenSilentlyVerboseResponse | undefined>
  getAccessTokenSilently(options?: GetTokenSilentlyOptions): Promise<string | undefined>
  getAccessTokenWithPopup(
    options?: GetTokenWithPopupOptions,
    config?: PopupConfigOptions,
  ): Promise<string | undefined>
  logout(options?: LogoutOptions): Promise<void>
  getDpopNonce(id?: string): Promise<string | undefined>
  setDpopNonce(nonce: string, id?: string): Promise<void>
  generateDpopProof(params: {
    url: string
    method: string
    accessToken: string
    nonce?: string
  }): Promise<string>
  createFetcher<R extends CustomFetchMinimalOutput = Response>(config?: FetcherConfig<R>): Fetcher<R>
  mfa: MfaApiClient
  passkey: PasskeyApiClient
  myAccount: MyAccountApiClient
}
