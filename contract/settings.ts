import type { Environment } from './environments.ts'
import type { PageReference } from './page-reference.ts'

/** What a published site needs to know of a connection: nothing secret. */
export interface PublicConnection {
  /**
   * The tenant's own domain, or its custom domain: visitors see it and tokens are issued in its name. It becomes part
   * of the site's Content Security Policy, so nothing but a domain is accepted.
   */
  domain: string
  /** Of the Single Page Application. */
  clientId: string
  /** The API that access tokens are for. Absent: they are good for the profile only. */
  audience?: string
  /** The organization that every visitor logs in to, unless an action names another. */
  organization?: string
}

/** The public settings of a project: they ship with its site, and the site needs nothing else to log visitors in. */
export interface PublicSettings {
  /** By environment; one without a connection uses the next one's, in the order of `environments`. */
  connections: Partial<Record<Environment, PublicConnection>>
  /** Origin to environment, such as `{"https://www.acme.example": "production"}`; wins over the host's answer. At most 50. */
  origins?: Record<string, Environment>
  /** Where tokens are kept: in localStorage (the default) or in memory (safest, a reload asks the tenant again). */
  storage?: 'memory' | 'localstorage'
  /**
   * Whether a logout revokes the refresh token at the tenant, so that no copy of it is worth anything. Default: true.
   * Where the tenant's _Refresh Token Revocation Deletes Grant_ is on, it ends the visitor's sessions with this
   * application on their other devices too.
   *
   * @see https://auth0.com/docs/secure/tokens/refresh-tokens/revoke-refresh-tokens
   */
  revokeOnLogout?: boolean
  /**
   * Whether the tenant lets one refresh token bring access tokens for several APIs: the application's refresh token
   * policies name them (multi-resource refresh tokens). Default: false; other tokens are then asked for in a hidden
   * frame, where the browser's cookies allow it.
   *
   * @see https://auth0.com/docs/secure/tokens/refresh-tokens/multi-resource-refresh-token
   */
  multiResource?: boolean
  /**
   * Whether tokens are bound to a key of the visitor's browser (DPoP), so that a stolen one is worth nothing elsewhere.
   * Default: false. It holds for APIs that are set up for it at the tenant, and they must check the proof that comes with
   * every request. A server that wants a nonce is asked twice the first time, and the page's head asks for no session.
   * Turning it off ends the logins that localStorage keeps.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9449
   */
  dpop?: boolean
  /**
   * Sent with every login and renewal, in Auth0's own words, such as `{"ext-theme": "dark"}`; never one of
   * `reservedParameters`, which keep a login safe.
   */
  authorizationParams?: Record<string, string>
  /** The claim that carries a visitor's roles, such as `https://acme.example/roles`. */
  rolesClaim?: string
  /** The claim that carries their permissions. Default: `permissions`, where Auth0 puts those of an API into access tokens. */
  permissionsClaim?: string
  /** A page with a login on it, for visitors who ask for a guarded page. Absent: Auth0's login page opens at once. */
  loginPage?: PageReference
  /** The page for logged-in visitors who may not see the one they asked for. Absent: an error page instead. */
  deniedPage?: PageReference
}
