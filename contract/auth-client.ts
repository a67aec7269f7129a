import type { LoginRequest } from './login-parameters.ts'
import type { PageReference } from './page-reference.ts'

/** The visitor, as the ID token describes them: the standard claims and any that the tenant adds. */
export interface User {
  sub: string
  name?: string
  nickname?: string
  email?: string
  email_verified?: boolean
  picture?: string
  org_id?: string
  org_name?: string
  /** How they showed who they are at the login; `mfa` stands for a second factor. Absent where the tenant does not say. */
  amr?: string[]
  /** The level of that, as the tenant names it. */
  acr?: string
  /** When they last gave their credentials, in seconds since 1970. Auth0 says so where a login asked for a maximum age. */
  auth_time?: number
  [claim: string]: unknown
}

export interface LogoutRequest {
  /** Whether the tenant's session ends too, on a way through its page. Default: `redirect`. */
  mode?: 'redirect' | 'local'
  /** Where the visitor lands afterwards; the site's home page when absent. */
  target?: Target
  /** Ends the session at the identity provider (Google and the like) too. */
  federated?: boolean
}

/** What the tenant said of an access token, in the protocol's words; never with a refresh token. */
export interface TokenResponse {
  access_token: string
  id_token: string
  /** `Bearer`, or `DPoP` for a token that is bound to a key of the browser. */
  token_type: string
  /** Seconds, counted from when the token was issued. */
  expires_in: number
  /** Absent where the tenant gave what was asked for. */
  scope?: string
}

export interface TokenRequest {
  /** The API by its identifier. Default: the one of the settings. */
  audience?: string
  /** Scopes on top of those of the login, separated by spaces. */
  scope?: string
  /** Asks the tenant, whatever is kept. Default: false. */
  ignoreCache?: boolean
}

/** A page by its id or route name, or a path below the base path, with query and hash, such as `/account?tab=2`. */
export type Target = PageReference | string

/**
 * What workflow actions ask of the runtime: the port between `workflow-actions/` and `plugin/`.
 * Every method throws a {@link LowgateError} with one of the `auth/` or `config/` codes.
 */
export interface AuthClient {
  /** Leaves the page for the tenant's login page; the promise never settles when that works. */
  loginWithRedirect(request?: LoginRequest & { target?: Target }): Promise<void>
  /** `target` is shown once they are logged in. */
  loginWithPopup(request?: LoginRequest & { target?: Target }): Promise<User>
  logout(request?: LogoutRequest): Promise<void>
  getUser(): Promise<User | undefined>
  getAccessToken(request?: TokenRequest): Promise<string>
  /** The same with all that the tenant said of the token. */
  getTokenResponse(request?: TokenRequest): Promise<TokenResponse>
  /** A token that only a window of the tenant's can bring, where {@link getAccessToken} asks for more access. */
  getAccessTokenWithPopup(request?: Omit<TokenRequest, 'ignoreCache'>): Promise<string>
  /**
   * Leaves the page for the tenant and comes back to the same place with a token that {@link getAccessToken} could not
   * get, or a newer or stronger login. The promise never settles when that works.
   */
  askForMoreAccess(request?: Pick<LoginRequest, 'audience' | 'scope' | 'stepUp' | 'maxAge'>): Promise<void>
  /** Asks the tenant again, past every cache, so that changed roles and profile show. */
  refreshUser(): Promise<User>
  switchOrganization(request: { organization: string; target?: Target }): Promise<void>
  /** Sends the visitor an e-mail with a link to choose a new password. */
  changePassword(request: { email: string; connection: string }): Promise<void>
}
