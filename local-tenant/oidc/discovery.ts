import { DPOP_ALGORITHMS } from './dpop.ts'
import { CORE_GRANTS } from './provider-client.ts'
import { directGrants } from './tokens/direct-grants.ts'
import type { Tenant } from '../tenant/tenant.ts'

/** `/.well-known/openid-configuration` as Auth0 shows it, limited to what this tenant does. */
export function discoveryDocument({ issuer }: Tenant) {
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
    revocation_endpoint: `${issuer}oauth/revoke`,
    pushed_authorization_request_endpoint: `${issuer}oauth/par`,
    end_session_endpoint: `${issuer}oidc/logout`,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    mfa_challenge_endpoint: `${issuer}mfa/challenge`,
    dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
    scopes_supported: [
      'openid',
      'profile',
      'offline_access',
      'name',
      'given_name',
      'family_name',
      'nickname',
      'email',
      'email_verified',
      'picture',
      'phone',
    ],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post', 'web_message'],
    grant_types_supported: [...CORE_GRANTS, ...Object.keys(directGrants)],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    id_token_signing_alg_values_supported: ['HS256', 'RS256'],
    claims_supported: [
      'aud',
      'auth_time',
      'email',
      'email_verified',
      'exp',
      'family_name',
      'given_name',
      'iat',
      'iss',
      'name',
      'nickname',
      'picture',
      'sub',
    ],
  }
}
