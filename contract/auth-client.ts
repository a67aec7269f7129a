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
  target?: PageReference
  /** Ends the session at the identity provider (Google and the like) too. */
  federated?: boolean
}

/**
 * What workflow actions ask of the runtime: the port between `workflow-actions/` and `plugin/`.
 * Every method throws a {@link LowgateError} with one of the `auth/` or `config/` codes.
 */
export interface AuthClient {
  /** Leaves the page for the tenant's login page; the promise never settles when that works. */
  loginWithRedirect(request?: LoginRequest & { target?: PageReference }): Promise<void>
  /** `target` is shown once they are logged in. */
  loginWithPopup(request?: LoginRequest & { target?: PageReference }): Promise<User>
  logout(request?: LogoutRequest): Promise<void>
  getUser(): Promise<User | undefined>
  getAccessToken(request?: { audience?: string; scope?: string; ignoreCache?: boolean }): Promise<string>
  /**
   * Leaves the page for the tenant and comes back to the same place with a token that {@link getAccessToken} could not
   * get, or a newer or stronger login. The promise never settles when that works.
   */
  askForMoreAccess(request?: Pick<LoginRequest, 'audience' | 'scope' | 'stepUp' | 'maxAge'>): Promise<void>
  /** Asks the tenant again, past every cache, so that changed roles and profile show. */
  refreshUser(): Promise<User>
  switchOrganization(request: { organization: string; target?: PageReference }): Promise<void>
  /** Sends the visitor an e-mail with a link to choose a new password. */
  changePassword(request: { email: string; connection: string }): Promise<void>
}
