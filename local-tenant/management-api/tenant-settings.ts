import { z } from 'zod'
import type { RunningTenant } from '../tenant/tenant.ts'
import { fields, urls } from './body.ts'
import { merge } from './merge.ts'
import { omit } from './omit.ts'
import { operation, type Operation } from './operation.ts'
import { selectFields } from './paging.ts'

/** Of the local tenant only, not of Auth0: never shown here, never written here. */
const own = ['plan', 'search_delay']
const hours = z.number().min(1).max(8_760)
const minutes = z.number().min(1).max(525_600)
const locale = z.string().min(2)

const settings = fields(
  {
    friendly_name: z.string().optional(),
    picture_url: z.string().optional(),
    support_email: z.string().optional(),
    support_url: z.string().optional(),
    default_audience: z.string().optional(),
    default_directory: z.string().optional(),
    default_redirection_uri: z.string().optional(),
    allowed_logout_urls: urls('url').optional(),
    session_lifetime: hours.optional(),
    idle_session_lifetime: hours.optional(),
    ephemeral_session_lifetime: hours.optional(),
    idle_ephemeral_session_lifetime: hours.optional(),
    session_lifetime_in_minutes: minutes.optional(),
    idle_session_lifetime_in_minutes: minutes.optional(),
    ephemeral_session_lifetime_in_minutes: minutes.optional(),
    idle_ephemeral_session_lifetime_in_minutes: minutes.optional(),
    enabled_locales: z.array(locale).min(1).optional(),
    flags: z.record(z.string(), z.boolean()).optional(),
    session_cookie: z.looseObject({ mode: z.enum(['persistent', 'non-persistent']) }).nullish(),
    allow_organization_name_in_authentication_api: z.boolean().nullish(),
    skip_non_verifiable_callback_uri_confirmation_prompt: z.boolean().nullish(),
    customize_mfa_in_postlogin_action: z.boolean().nullish(),
    acr_values_supported: z.array(z.string()).nullish(),
    pushed_authorization_requests_supported: z.boolean().nullish(),
  },
  'change_password device_flow guardian_mfa_page error_page default_token_quota sandbox_version ' +
    'legacy_sandbox_version security_headers sessions oidc_logout mtls ' +
    'authorization_response_iss_parameter_supported resource_parameter_profile ' +
    'client_id_metadata_document_supported enable_ai_guide phone_consolidated_experience ' +
    'include_session_metadata_in_tenant_logs dynamic_client_registration_security_mode country_codes',
)

export const tenantSettingsOperations: Operation[] = [
  operation({
    on: 'GET /tenants/settings',
    scopes: ['read:tenant_settings'],
    handle: ({ tenant, query }) => selectFields([shown(tenant)], query)[0],
  }),
  operation({
    on: 'PATCH /tenants/settings',
    scopes: ['update:tenant_settings'],
    body: settings,
    handle({ tenant, body }) {
      const { directory } = tenant
      merge(directory.settings, body)
      if (body.session_lifetime_in_minutes)
        directory.settings.session_lifetime = body.session_lifetime_in_minutes / 60
      if (body.idle_session_lifetime_in_minutes)
        directory.settings.idle_session_lifetime = body.idle_session_lifetime_in_minutes / 60
      return shown(tenant)
    },
  }),
]

function shown({ directory }: RunningTenant): object {
  return {
    enabled_locales: ['en'],
    flags: {},
    sandbox_version: '22',
    session_lifetime: 168,
    idle_session_lifetime: 72,
    ...omit(directory.settings, ...own, 'session_lifetime_in_minutes', 'idle_session_lifetime_in_minutes'),
  }
}
