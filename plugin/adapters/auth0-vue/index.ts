/**
 * auth0-vue's own interface on Lowgate's session: an app moves by changing where it imports from.
 *
 * @module
 */
export { createAuth0, type Auth0Plugin } from './create-auth0.ts'
export { authGuard, createAuthGuard } from './guard.ts'
export type * from './types.ts'
export { AUTH0_INJECTION_KEY, useAuth0 } from './use-auth0.ts'
// Only what an app imports by name reaches its bundle: this file does nothing but pass on.
export {
  InMemoryCache,
  InvalidConfigurationError,
  LocalStorageCache,
  MfaChallengeError,
  MfaEnrollmentError,
  MfaEnrollmentFactorsError,
  MfaError,
  MfaListAuthenticatorsError,
  MfaRequiredError,
  MfaVerifyError,
  MissingScopesError,
  MyAccountApiError,
  PasskeyChallengeError,
  PasskeyError,
  PasskeyGetTokenError,
  PasskeyRegisterError,
  RefreshTokenMode,
  UseDpopNonceError,
  User,
  isFederatedDomain,
} from '@auth0/auth0-spa-js'
export type {
  AuthorizationParams,
  CacheLocation,
  Cacheable,
  CustomTokenExchangeOptions,
  Fetcher,
  FetcherConfig,
  GetTokenSilentlyOptions,
  GetTokenWithPopupOptions,
  ICache,
  IdToken,
  LogoutUrlOptions,
  MfaApiClient,
  MyAccountApiClient,
  PasskeyApiClient,
  PopupConfigOptions,
  PopupLoginOptions,
  TokenEndpointResponse,
} from '@auth0/auth0-spa-js'
