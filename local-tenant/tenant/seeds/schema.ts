import { z } from 'zod'
import { actionSchema } from './actions.ts'

/**
 * The shape of a seed: Auth0's own words, as its Management API shows them, limited to what the local tenant
 * acts on. Fields it does not know are kept and shown again.
 */
const list = () => z.array(z.string())
const flag = () => z.boolean()
/** Signed with RS256 here where Auth0 would take one of the last two. */
const signingAlgorithm = () => z.enum(['RS256', 'HS256', 'PS256', 'RS512'])
const seconds = () => z.number().int().nonnegative()
const permissions = () =>
  z.array(z.object({ resource_server_identifier: z.string(), permission_name: z.string() }))

/** Those an application is made as, then those of Auth0's integrations, which a tenant's own list can hold. */
const appTypes = [
  ...(['spa', 'native', 'regular_web', 'non_interactive'] as const),
  ...(['resource_server', 'express_configuration', 'sso_integration', 'oag', 'rms', 'box'] as const),
  ...(['cloudbees', 'concur', 'dropbox', 'mscrm', 'echosign', 'egnyte', 'newrelic', 'office365'] as const),
  ...(['salesforce', 'sentry', 'sharepoint', 'slack', 'springcm', 'zendesk', 'zoom'] as const),
] as const

/** Lifetimes are seconds. */
const refreshTokenSettings = z.looseObject({
  rotation_type: z.enum(['rotating', 'non-rotating']).optional(),
  expiration_type: z.enum(['expiring', 'non-expiring']).optional(),
  /** How long a used token may be used again. */
  leeway: seconds().optional(),
  token_lifetime: seconds().optional(),
  idle_token_lifetime: seconds().optional(),
  infinite_token_lifetime: flag().optional(),
  infinite_idle_token_lifetime: flag().optional(),
  /** Other APIs that the refresh token may be exchanged for. */
  policies: z.array(z.looseObject({ audience: z.string(), scope: list() })).optional(),
})

export const clientSchema = z.looseObject({
  client_id: z.string().min(1),
  name: z.string().min(1),
  app_type: z.enum(appTypes).optional(),
  description: z.string().optional(),
  logo_uri: z.string().optional(),
  client_secret: z.string().optional(),
  token_endpoint_auth_method: z.enum(['none', 'client_secret_post', 'client_secret_basic']).optional(),
  callbacks: list().max(100).optional(),
  allowed_logout_urls: list().max(100).optional(),
  web_origins: list().max(100).optional(),
  allowed_origins: list().max(100).optional(),
  grant_types: list().optional(),
  jwt_configuration: z
    .looseObject({ alg: signingAlgorithm().optional(), lifetime_in_seconds: seconds().optional() })
    .optional(),
  refresh_token: refreshTokenSettings.optional(),
  oidc_conformant: flag().optional(),
  is_first_party: flag().optional(),
  organization_usage: z.enum(['deny', 'allow', 'require']).optional(),
  organization_require_behavior: z.enum(['no_prompt', 'pre_login_prompt', 'post_login_prompt']).optional(),
  /** Whether only tokens bound to a DPoP key are given out. */
  require_proof_of_possession: flag().optional(),
  require_pushed_authorization_requests: flag().optional(),
  cross_origin_authentication: flag().optional(),
  /** The organization of a machine's token that names none, where its client grant requires one. */
  default_organization: z.looseObject({ organization_id: z.string() }).optional(),
  skip_non_verifiable_callback_uri_confirmation_prompt: flag().optional(),
  /** Whether the application may exchange tokens: `custom_authentication`. */
  token_exchange: z.looseObject({ allow_any_profile_of_type: list().optional() }).optional(),
  /** Where the application is told that a session has ended, and of which ends it wants to hear. */
  oidc_logout: z
    .looseObject({
      backchannel_logout_urls: list().max(1).optional(),
      backchannel_logout_initiators: z
        .looseObject({ mode: z.enum(['custom', 'all']).optional(), selected_initiators: list().optional() })
        .optional(),
    })
    .optional(),
  client_metadata: z.record(z.string(), z.string()).optional(),
})

const resourceServerSchema = z.looseObject({
  id: z.string(),
  identifier: z.string(),
  name: z.string(),
  scopes: z.array(z.looseObject({ value: z.string(), description: z.string().optional() })).optional(),
  signing_alg: signingAlgorithm().optional(),
  signing_secret: z.string().optional(),
  allow_offline_access: flag().optional(),
  enforce_policies: flag().optional(),
  token_dialect: z
    .enum(['access_token', 'access_token_authz', 'rfc9068_profile', 'rfc9068_profile_authz'])
    .optional(),
  token_lifetime: seconds().optional(),
  is_system: flag().optional(),
  proof_of_possession: z
    .looseObject({
      mechanism: z.enum(['mtls', 'dpop']).optional(),
      required: flag().optional(),
      required_for: z.enum(['public_clients', 'all_clients']).optional(),
    })
    .optional(),
})

const clientGrantSchema = z.looseObject({
  id: z.string().optional(),
  client_id: z.string(),
  /** An API's identifier; `management`, or `https://….auth0.com/api/v2/`, is this tenant's own Management API. */
  audience: z.string(),
  scope: list(),
  subject_type: z.enum(['client', 'user']).optional(),
  /** Whether a machine may name an organization. Default: `deny`. */
  organization_usage: z.enum(['deny', 'allow', 'require']).optional(),
  allow_any_organization: flag().optional(),
})

const connectionSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  /** `auth0` is a database; every other strategy logs in at the stub identity provider on the second origin. */
  strategy: z.string(),
  display_name: z.string().optional(),
  /** Absent: every application. */
  enabled_clients: list().optional(),
  options: z
    .looseObject({
      disable_signup: flag().optional(),
      domain_aliases: list().optional(),
      authentication_methods: z
        .looseObject({ passkey: z.looseObject({ enabled: flag().optional() }).optional() })
        .optional(),
    })
    .optional(),
})

const organizationSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  display_name: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  /** Each member, with the names of the roles held inside the organization. */
  members: z.array(z.looseObject({ user_id: z.string(), roles: list().optional() })).optional(),
  /** Absent: every connection of the application. */
  enabled_connections: z
    .array(z.looseObject({ connection_id: z.string(), assign_membership_on_login: flag().optional() }))
    .optional(),
  /** Open invitations, each good for one login. */
  invitations: z
    .array(
      z.looseObject({
        id: z.string().optional(),
        ticket_id: z.string(),
        invitee: z.looseObject({ email: z.string() }),
        roles: list().optional(),
        /** ISO 8601. */
        expires_at: z.string().optional(),
      }),
    )
    .optional(),
  /** Ids of the client grants that may be used for the organization. */
  client_grants: list().optional(),
})

const userSchema = z.looseObject({
  user_id: z.string(),
  /** Empty, or left out in JSON, for a user who has only a phone number or a username. */
  email: z.string().default(''),
  email_verified: flag().optional(),
  /** Plain text: a local tenant keeps no real secret. Users of a social or enterprise connection have none. */
  password: z.string().optional(),
  /** Name of the connection. Absent: the first database. */
  connection: z.string().optional(),
  name: z.string().optional(),
  nickname: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  picture: z.string().optional(),
  locale: z.string().optional(),
  blocked: flag().optional(),
  /** Names of roles held everywhere. */
  roles: list().optional(),
  /** Held without a role. */
  permissions: permissions().optional(),
  /** Base32 secret of an enrolled authenticator app (RFC 6238). */
  otp_secret: z.string().optional(),
  app_metadata: z.record(z.string(), z.unknown()).optional(),
  user_metadata: z.record(z.string(), z.unknown()).optional(),
  updated_at: z.string().optional(),
})

const roleSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  permissions: permissions().optional(),
})

/** Which Auth0 Action looks at which type of token. */
const tokenExchangeProfileSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  subject_token_type: z.string(),
  action_id: z.string(),
  type: z.enum(['custom_authentication']).optional(),
})

const customDomainSchema = z.looseObject({
  custom_domain_id: z.string(),
  domain: z.string(),
  primary: flag().optional(),
  status: z.enum(['pending', 'pending_verification', 'ready', 'disabled', 'failed']).optional(),
  type: z.enum(['auth0_managed_certs', 'self_managed_certs']).optional(),
})

/** Lifetimes are hours, as in Auth0. */
export const tenantSettingsSchema = z.looseObject({
  friendly_name: z.string().optional(),
  support_email: z.string().optional(),
  /** Where `/v2/logout` may go without a `client_id`. */
  allowed_logout_urls: list().optional(),
  default_audience: z.string().optional(),
  /** Name of the database that the grant `password` asks. */
  default_directory: z.string().optional(),
  session_lifetime: z.number().positive().optional(),
  idle_session_lifetime: z.number().positive().optional(),
  allow_organization_name_in_authentication_api: flag().optional(),
  /** `false`: ask before returning to a loopback callback without a login, as Auth0 does by default. */
  skip_non_verifiable_callback_uri_confirmation_prompt: flag().optional(),
  /** Management API request rate. `unlimited` is the local default; Auth0 has none such. */
  plan: z.enum(['unlimited', 'free', 'paid']).optional(),
  /** What Auth0 Actions read as `event.request.geoip`, such as `{"countryCode": "FR"}`. */
  geoip: z.record(z.string(), z.unknown()).optional(),
  /** Seconds before a change is seen by the `/search` endpoints. */
  search_delay: seconds().optional(),
})

export const tenantSeedSchema = z.strictObject({
  tenant: tenantSettingsSchema.optional(),
  clients: z.array(clientSchema),
  resource_servers: z.array(resourceServerSchema).optional(),
  client_grants: z.array(clientGrantSchema).optional(),
  connections: z.array(connectionSchema).optional(),
  organizations: z.array(organizationSchema).optional(),
  users: z.array(userSchema).optional(),
  roles: z.array(roleSchema).optional(),
  actions: z.array(actionSchema).optional(),
  custom_domains: z.array(customDomainSchema).optional(),
  token_exchange_profiles: z.array(tokenExchangeProfileSchema).optional(),
})

export type Client = z.infer<typeof clientSchema>
export type RefreshTokenSettings = z.infer<typeof refreshTokenSettings>
export type ResourceServer = z.infer<typeof resourceServerSchema>
export type ClientGrant = z.infer<typeof clientGrantSchema>
export type Connection = z.infer<typeof connectionSchema>
export type Organization = z.infer<typeof organizationSchema>
export type User = z.infer<typeof userSchema>
export type Role = z.infer<typeof roleSchema>
export type TokenExchangeProfile = z.infer<typeof tokenExchangeProfileSchema>
export type CustomDomain = z.infer<typeof customDomainSchema>
export type TenantSettings = z.infer<typeof tenantSettingsSchema>

/**
 * Everything a local tenant knows when it starts: what can be read from a real tenant's Management API can be
 * pasted here. Only `clients` is needed. Documented in `docs/local-tenant.md`.
 */
export type TenantSeed = z.infer<typeof tenantSeedSchema>
