import { z } from 'zod'
import { isLoopback, toDomain } from '../domain.ts'
import { environments } from '../environments.ts'
import { pageReference } from './page-reference.ts'

export const publicConnection = z.strictObject({
  /**
   * The tenant's own domain, or its custom domain: visitors see it and tokens are issued in its name. It becomes part
   * of the site's Content Security Policy, so nothing but a domain is accepted.
   */
  domain: z
    .string()
    .max(253)
    .refine(
      (domain) => toDomain(domain) === domain || isLoopback(domain),
      'Use a domain, such as t.eu.auth0.com.',
    ),
  /** Of the Single Page Application. */
  clientId: z.string().max(200),
  /** The API that access tokens are for. Absent: they are good for the profile only. */
  audience: z.string().max(500).exactOptional(),
  /** The organization that every visitor logs in to, unless an action names another. */
  organization: z.string().max(200).exactOptional(),
})

/** What a published site needs to know of a connection: nothing secret. */
export type PublicConnection = z.infer<typeof publicConnection>

const claim = z.string().max(200)

/** Strict, so that nothing secret can ever be saved with a project. */
export const publicSettings = z.strictObject({
  /** By environment; one without a connection uses the next one's, in the order of {@link environments}. */
  connections: z.partialRecord(z.enum(environments), publicConnection),
  /** Origin to environment, such as `{"https://www.acme.example": "production"}`; wins over the host's answer. */
  origins: z.record(z.string(), z.enum(environments)).exactOptional(),
  /** Where tokens are kept: in localStorage (the default) or in memory (safest, a reload asks the tenant again). */
  storage: z.enum(['memory', 'localstorage']).exactOptional(),
  /**
   * Whether a logout revokes the refresh token at the tenant, so that no copy of it is worth anything. Default: true.
   * Where the tenant's _Refresh Token Revocation Deletes Grant_ is on, it ends the visitor's sessions with this
   * application on her other devices too.
   *
   * @see https://auth0.com/docs/secure/tokens/refresh-tokens/revoke-refresh-tokens
   */
  revokeOnLogout: z.boolean().exactOptional(),
  /**
   * Whether the tenant lets one refresh token bring access tokens for several APIs: the application's refresh token
   * policies name them (multi-resource refresh tokens). Default: false; other tokens are then asked for in a hidden
   * frame, where the browser's cookies allow it.
   *
   * @see https://auth0.com/docs/secure/tokens/refresh-tokens/multi-resource-refresh-token
   */
  multiResource: z.boolean().exactOptional(),
  /**
   * Whether tokens are bound to a key of the visitor's browser (DPoP), so that a stolen one is worth nothing elsewhere.
   * Default: false. It holds for APIs that are set up for it at the tenant, and they must check the proof that comes with
   * every request. A server that wants a nonce is asked twice the first time, and the page's head asks for no session.
   * Turning it off ends the logins that localStorage keeps.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9449
   */
  dpop: z.boolean().exactOptional(),
  /** The claim that carries a visitor's roles, such as `https://acme.example/roles`. */
  rolesClaim: claim.exactOptional(),
  /** The claim that carries her permissions. Default: `permissions`, where Auth0 puts those of an API into access tokens. */
  permissionsClaim: claim.exactOptional(),
  /** A page with a login on it, for visitors who ask for a guarded page. Absent: Auth0's login page opens at once. */
  loginPage: z.exactOptional(pageReference),
  /** The page for logged-in visitors who may not see the one they asked for. Absent: an error page instead. */
  deniedPage: z.exactOptional(pageReference),
})

/** The public settings of a project: they ship with its site, and the site needs nothing else to log visitors in. */
export type PublicSettings = z.infer<typeof publicSettings>
