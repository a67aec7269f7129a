import { scopes, shop, site, type Change, type Situation } from './use-tenant.ts'

export interface BrokenTenant extends Situation {
  /** How the application differs from one in order. */
  application?: Change
  /** What the finding names. */
  value?: string
}

const production = { environment: 'production' }
const northOnly = { organizations: ['acme-north'] }

/** One way to break a tenant for every finding that there is. */
export const broken: Record<string, BrokenTenant> = {
  'application-missing': { choices: { clientId: 'gone' }, value: 'gone' },
  'callback-missing': { application: { callbacks: [] }, value: site.callback },
  'logout-missing': { application: { allowed_logout_urls: [`${shop}/`] }, value: site.logout },
  'web-origin-missing': { application: { web_origins: [] }, value: shop },
  'application-type': { application: { app_type: 'regular_web' }, value: 'Single Page Application' },
  'token-endpoint-method': {
    application: { token_endpoint_auth_method: 'client_secret_post' },
    value: 'None',
  },
  'grant-missing': { application: { grant_types: ['authorization_code'] }, value: 'refresh_token' },
  'signing-algorithm': { application: { jwt_configuration: { alg: 'HS256' } }, value: 'RS256' },
  'audience-management': {
    choices: (domain) => ({ audience: `https://${domain}/api/v2/` }),
  },
  'audience-missing': {
    choices: { audience: 'https://api.acme.example/' },
    value: 'https://api.acme.example/',
  },
  'scope-unknown': { use: { scopes: ['openid', 'read:orders', 'fly:planes'] }, value: 'fly:planes' },
  'audience-unreachable': {
    use: { audiences: ['https://reports.acme.example'], silentAudiences: ['https://reports.acme.example'] },
    seed: (seed) => ({
      ...seed,
      resource_servers: [
        ...(seed.resource_servers ?? []),
        {
          id: '65f1a0000000000000000002',
          identifier: 'https://reports.acme.example',
          name: 'Reports',
          signing_alg: 'RS256',
          allow_offline_access: true,
        },
      ],
    }),
    value: 'https://reports.acme.example',
  },
  'token-without-audience': { choices: { audience: undefined }, use: { asksForOwnToken: true } },
  'offline-access': {
    seed: (seed) => ({
      ...seed,
      resource_servers: (seed.resource_servers ?? []).map((api) => ({ ...api, allow_offline_access: false })),
    }),
  },
  'organization-usage': { application: { organization_usage: 'deny' }, use: northOnly },
  'organization-missing': { use: { organizations: ['acme-west'] }, value: 'acme-west' },
  'organization-names': {
    use: northOnly,
    scopes: [...scopes, 'read:tenant_settings'],
    seed: (seed) => ({
      ...seed,
      tenant: { ...seed.tenant, allow_organization_name_in_authentication_api: false },
    }),
  },
  'identity-provider-none': {
    seed: (seed) => ({
      ...seed,
      connections: (seed.connections ?? []).map((connection) => ({ ...connection, enabled_clients: [] })),
    }),
  },
  'identity-provider-missing': { use: { identityProviders: ['linkedin'] }, value: 'linkedin' },
  'custom-domain': {
    choices: { customDomain: 'login.acme.example' },
    seed: (seed) => ({
      ...seed,
      custom_domains: [
        { custom_domain_id: 'cd_1', domain: 'login.acme.example', status: 'pending_verification' },
      ],
    }),
    value: 'login.acme.example',
  },
  'refresh-rotation': {
    application: { refresh_token: { rotation_type: 'non-rotating', expiration_type: 'expiring' } },
  },
  'refresh-lifetime': {
    application: { refresh_token: { rotation_type: 'rotating', expiration_type: 'non-expiring' } },
  },
  'legacy-grant': {
    application: ({ grant_types = [] }) => ({ grant_types: [...grant_types, 'implicit'] }),
    value: 'implicit',
  },
  'oidc-conformant': { application: { oidc_conformant: false } },
  'third-party': { application: { is_first_party: false } },
  'wildcard-address': {
    ...production,
    application: ({ callbacks = [] }) => ({
      callbacks: [...callbacks, 'https://*.acme.example/callback'],
    }),
    value: 'https://*.acme.example/callback',
  },
  'insecure-address': {
    ...production,
    application: ({ web_origins = [] }) => ({ web_origins: [...web_origins, 'http://old.acme.example'] }),
    value: 'http://old.acme.example',
  },
  'social-keys': {
    seed: (seed) => ({
      ...seed,
      connections: (seed.connections ?? []).map((connection) => ({ ...connection, options: {} })),
    }),
    value: 'google-oauth2',
  },
  'roles-claim': { use: { rolesClaim: 'https://acme.example/roles' } },
  'reload-session': { ...production, use: { storage: 'memory' } },
  'initiate-login': { use: { sites: [{ ...site, initiateLogin: `${shop}/login` }] }, value: `${shop}/login` },
  'loopback-confirmation': {
    application: ({ callbacks = [] }) => ({
      callbacks: [...callbacks, 'http://localhost:3000/callback'],
    }),
    use: { sites: [{ ...site, callback: 'http://localhost:3000/callback' }] },
  },
  'm2m-scope-missing': {
    scopes: scopes.filter((scope) => scope !== 'read:organizations'),
    value: 'read:organizations',
  },
  'm2m-scope-excessive': { scopes: [...scopes, 'delete:users'], value: 'delete:users' },
}
