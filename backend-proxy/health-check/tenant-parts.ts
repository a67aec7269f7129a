import { z } from 'zod'

/** What the checks know of a tenant: only the fields they look at. */
export const applicationFields = [
  'client_id',
  'name',
  'app_type',
  'callbacks',
  'allowed_logout_urls',
  'web_origins',
  'initiate_login_uri',
  'token_endpoint_auth_method',
  'grant_types',
  'jwt_configuration',
  'refresh_token',
  'oidc_conformant',
  'is_first_party',
  'organization_usage',
  'organization_require_behavior',
  'skip_non_verifiable_callback_uri_confirmation_prompt',
].join(',')

const urls = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? [])

export const application = z.object({
  client_id: z.string(),
  name: z.string(),
  app_type: z.string().nullish(),
  callbacks: urls,
  allowed_logout_urls: urls,
  web_origins: urls,
  initiate_login_uri: z.string().nullish(),
  token_endpoint_auth_method: z.string().nullish(),
  grant_types: urls,
  jwt_configuration: z.object({ alg: z.string().nullish() }).nullish(),
  refresh_token: z
    .object({
      rotation_type: z.string().nullish(),
      expiration_type: z.string().nullish(),
      token_lifetime: z.number().nullish(),
      infinite_token_lifetime: z.boolean().nullish(),
      policies: z.array(z.object({ audience: z.string() })).nullish(),
    })
    .nullish(),
  oidc_conformant: z.boolean().nullish(),
  is_first_party: z.boolean().nullish(),
  organization_usage: z.string().nullish(),
  organization_require_behavior: z.string().nullish(),
  skip_non_verifiable_callback_uri_confirmation_prompt: z.boolean().nullish(),
})

export type Application = z.infer<typeof application>

export const api = z.object({
  identifier: z.string(),
  name: z.string(),
  is_system: z.boolean().nullish(),
  scopes: z
    .array(z.object({ value: z.string() }))
    .nullish()
    .transform((scopes) => scopes?.map(({ value }) => value) ?? []),
  allow_offline_access: z.boolean().nullish(),
})

export const identityProvider = z.object({
  name: z.string(),
  strategy: z.string(),
  enabled_clients: z.array(z.string()).nullish(),
  /** Only the client ID is kept: the provider's secret is beside it. */
  options: z.object({ client_id: z.string().nullish() }).nullish(),
})

export const customDomain = z.object({ domain: z.string(), status: z.string() })

export const binding = z.object({
  action: z.object({ name: z.string(), code: z.string().nullish() }).nullish(),
})

export const tenantSettings = z.object({
  allow_organization_name_in_authentication_api: z.boolean().nullish(),
})

/** What was read of a tenant. A part that it does not have is left out. */
export interface TenantParts {
  application: Application
  /** By audience: those that the project asks for. */
  apis: Map<string, z.infer<typeof api> | undefined>
  /** By what the project sends, an id or a name: whether there is one. */
  organizations: Map<string, boolean>
  /** Whether logins and tokens may name an organization instead of giving its id. */
  namesOrganizations: boolean
  identityProviders: z.infer<typeof identityProvider>[]
  customDomains: z.infer<typeof customDomain>[]
  /** The issuer that the custom domain's own discovery names. */
  customIssuer: string
  /** The Auth0 Actions that run after a login, with their code. */
  loginActions: { name: string; code: string }[]
  /** Granted to the M2M application. */
  scopes: string[]
}

export type PartName = keyof TenantParts
