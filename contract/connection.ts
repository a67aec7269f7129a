import type { Environment } from './environments.ts'
import { defineFields, type InputOf, type PageReference } from './fields.ts'

/** What a builder fills in for one environment. The form, the proxy's validation and the docs are made from it. */
export const connectionFields = defineFields({
  domain: {
    type: 'text',
    label: 'Domain',
    placeholder: 'your-tenant.eu.auth0.com',
    help: 'Your Auth0 tenant (Domain), from the settings of any application there.',
    required: true,
  },
  m2mClientId: {
    type: 'text',
    label: 'M2M client ID',
    help: 'Of the Machine-to-Machine application that may read your tenant’s settings.',
    required: true,
  },
  m2mClientSecret: {
    type: 'secret',
    label: 'M2M client secret',
    help: 'Sent once, kept encrypted on the server, never shown again.',
    required: true,
  },
  clientId: {
    type: 'remote',
    list: 'applications',
    label: 'SPA application',
    help: 'The application that your visitors log in to (Single Page Application).',
  },
  audience: {
    type: 'remote',
    list: 'apis',
    label: 'API audience',
    help: 'The API your pages call for a logged-in visitor (audience). Leave empty if there is none.',
  },
  organization: {
    type: 'remote',
    list: 'organizations',
    label: 'Organization',
    help: 'Every visitor logs in to this organization, unless an action names another.',
  },
  customDomain: {
    type: 'remote',
    list: 'custom-domains',
    label: 'Custom domain',
    help: 'The domain your visitors see while they log in, if your tenant has one of its own.',
  },
})

/** How one environment reaches one Auth0 tenant, with the secret: it exists on the way to the proxy and inside it. */
export type TenantConnection = InputOf<typeof connectionFields>

/** What a published site needs to know of a connection: nothing secret. */
export interface PublicConnection {
  /** The tenant's own domain, or its custom domain: the one that visitors see and tokens are issued by. */
  domain: string
  clientId: string
  audience?: string
  organization?: string
}

/** The public settings of a project: they ship with its site, and the site needs nothing else to log visitors in. */
export interface PublicSettings {
  connections: Partial<Record<Environment, PublicConnection>>
  /** Origin to environment, such as `{"https://www.acme.example": "production"}`; wins over the host's answer. */
  origins?: Record<string, Environment>
  /** Where tokens are kept: in localStorage (the default) or in memory (safest, a reload asks the tenant again). */
  storage?: 'memory' | 'localstorage'
  /**
   * Whether a logout revokes the refresh token at the tenant, so that no copy of it is worth anything. Default: true.
   * Where the tenant's _Refresh Token Revocation Deletes Grant_ is on, it ends the visitor's sessions with this
   * application on her other devices too.
   *
   * @see https://auth0.com/docs/secure/tokens/refresh-tokens/revoke-refresh-tokens
   */
  revokeOnLogout?: boolean
  /** The claim that carries a visitor's roles, such as `https://acme.example/roles`. */
  rolesClaim?: string
  /** The claim that carries her permissions. Default: `permissions`, where Auth0 puts those of an API into access tokens. */
  permissionsClaim?: string
  /** A page with a login on it, for visitors who ask for a guarded page. Absent: Auth0's login page opens at once. */
  loginPage?: PageReference
  /** The page for logged-in visitors who may not see the one they asked for. Absent: an error page in its place. */
  deniedPage?: PageReference
}

/** The part of a connection that may ship, or `undefined` while no application is chosen. */
export function toPublicConnection(connection: {
  domain: string
  clientId?: string | undefined
  audience?: string | undefined
  organization?: string | undefined
  customDomain?: string | undefined
}): PublicConnection | undefined {
  const { domain, customDomain, clientId, audience, organization } = connection
  if (!clientId) return undefined
  return {
    domain: customDomain ?? domain,
    clientId,
    ...(audience && { audience }),
    ...(organization && { organization }),
  }
}

/** The one address, under a site's base path, that Auth0 returns to after login (Allowed Callback URLs). */
export const callbackPath = '/callback'

/** The one address, under a site's base path, that Auth0 returns to after logout (Allowed Logout URLs). */
export const loggedOutPath = '/logged-out'
