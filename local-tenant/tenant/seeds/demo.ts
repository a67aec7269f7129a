import type { Client } from './schema.ts'
import type { TenantSeed } from './schema.ts'

export type DemoName = 'preview' | 'production'

/** What the demo tenant is for. */
export interface DemoOptions {
  /** The origins of the sites that log in there, such as `http://my-site.localhost:4404`. */
  callbackOrigins: string[]
}

/** What reading the tenant's settings takes. */
const readingScopes = ['read:clients', 'read:connections', 'read:organizations', 'read:resource_servers']

/** A site under another address can be let in from outside; the production tenant grants more to read. */
const machineScopes: Record<DemoName, string[]> = {
  preview: [...readingScopes, 'read:tenant_settings', 'update:clients'],
  production: [
    ...readingScopes,
    'read:tenant_settings',
    'update:clients',
    'read:custom_domains',
    'read:roles',
    'read:actions',
  ],
}

/**
 * A tenant a person can read: one machine-to-machine application, three single-page ones (one of them without
 * a callback URL, so that the mistake can be seen), a web application (whose credentials may read, and change
 * nothing), an API, two organizations, three users.
 * Ids and secrets are the same at every start, so that a saved connection goes on working.
 */
export function demoSeed(name: DemoName, { callbackOrigins }: DemoOptions): TenantSeed {
  const each = (...paths: string[]) => callbackOrigins.flatMap((origin) => paths.map((path) => origin + path))
  const id = (value: string) => `${value}${name === 'preview' ? 'Prev' : 'Prod'}`
  const spa: Omit<Client, 'client_id' | 'name'> = {
    app_type: 'spa',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    oidc_conformant: true,
    is_first_party: true,
    refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', leeway: 0 },
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
  }
  const spaIds = [id('acmeWebSiteSpaApplication000'), id('acmeBackOfficeSpaApplicat000')]
  const enabled_clients = [...spaIds, id('acmeForgottenSpaApplicati000'), id('acmeRegularWebApplication000')]

  return {
    tenant: {
      friendly_name: name === 'preview' ? 'Acme (preview)' : 'Acme',
      support_email: 'support@acme.example',
      allow_organization_name_in_authentication_api: true,
    },
    clients: [
      {
        client_id: id('acmeLowgateMachineToMachi000'),
        name: 'Backend proxy',
        app_type: 'non_interactive',
        client_secret: id('local-demo-secret-that-is-worth-nothing-outside-this-machine-'),
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'],
        is_first_party: true,
      },
      {
        ...spa,
        client_id: id('acmeWebSiteSpaApplication000'),
        name: 'Acme site',
        description: 'The site the builder publishes.',
        callbacks: each('/callback'),
        allowed_logout_urls: each('/logged-out', '/', ''),
        web_origins: callbackOrigins,
        organization_usage: 'allow',
      },
      {
        ...spa,
        client_id: id('acmeBackOfficeSpaApplicat000'),
        name: 'Acme back office',
        description: 'Asks for an organization at every login.',
        callbacks: each('/callback'),
        allowed_logout_urls: each('/logged-out', '/', ''),
        web_origins: callbackOrigins,
        organization_usage: 'require',
        organization_require_behavior: 'pre_login_prompt',
      },
      {
        ...spa,
        client_id: id('acmeForgottenSpaApplicati000'),
        name: 'Acme kiosk (no URLs yet)',
        description: 'Has no callback, logout or web origin: what a forgotten setting looks like.',
      },
      {
        client_id: id('acmeRegularWebApplication000'),
        name: 'Acme intranet',
        app_type: 'regular_web',
        client_secret: id('another-demo-secret-that-is-worth-nothing-anywhere-else-'),
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        callbacks: ['https://intranet.acme.example/callback'],
        is_first_party: true,
      },
    ],
    resource_servers: [
      {
        id: '65f1a0000000000000000001',
        identifier: 'https://api.acme.example',
        name: 'Acme API',
        scopes: [
          { value: 'read:orders', description: 'Read orders' },
          { value: 'write:orders', description: 'Change orders' },
        ],
        signing_alg: 'RS256',
        allow_offline_access: true,
        enforce_policies: true,
        token_dialect: 'access_token_authz',
        token_lifetime: 86_400,
        token_lifetime_for_web: 7_200,
      },
    ],
    client_grants: [
      { client_id: id('acmeLowgateMachineToMachi000'), audience: 'management', scope: machineScopes[name] },
      { client_id: id('acmeRegularWebApplication000'), audience: 'management', scope: readingScopes },
    ],
    connections: [
      {
        id: 'con_acmeDatabase0001',
        name: 'Username-Password-Authentication',
        strategy: 'auth0',
        enabled_clients,
      },
      { id: 'con_acmeGoogle000001', name: 'google-oauth2', strategy: 'google-oauth2', enabled_clients },
      {
        id: 'con_acmeEnterprise01',
        name: 'acme-staff',
        display_name: 'Acme staff',
        strategy: 'oidc',
        enabled_clients,
        options: { domain_aliases: ['staff.acme.example'] },
      },
    ],
    organizations: [
      {
        id: 'org_acmeNorth0000001',
        name: 'acme-north',
        display_name: 'Acme North',
        members: [
          { user_id: 'auth0|65f1b0000000000000000001', roles: ['Manager'] },
          { user_id: 'auth0|65f1b0000000000000000002' },
        ],
        invitations: [
          { ticket_id: 'demo-invitation', invitee: { email: 'fay@acme.example' }, roles: ['Reader'] },
        ],
        enabled_connections: [
          { connection_id: 'con_acmeDatabase0001' },
          { connection_id: 'con_acmeEnterprise01' },
        ],
      },
      {
        id: 'org_acmeSouth0000001',
        name: 'acme-south',
        display_name: 'Acme South',
        members: [{ user_id: 'auth0|65f1b0000000000000000001' }],
        enabled_connections: [{ connection_id: 'con_acmeDatabase0001' }],
      },
    ],
    users: [
      {
        user_id: 'auth0|65f1b0000000000000000001',
        email: 'ada@acme.example',
        email_verified: true,
        password: 'Ada-Loves-Engines-1',
        name: 'Ada Byron',
        nickname: 'ada',
        given_name: 'Ada',
        family_name: 'Byron',
        picture: portrait('AB', '#4f46e5'),
        roles: ['Manager'],
      },
      {
        user_id: 'auth0|65f1b0000000000000000002',
        email: 'ben@acme.example',
        email_verified: true,
        password: 'Ben-Reads-Orders-2',
        name: 'Ben Okafor',
        nickname: 'ben',
        picture: portrait('BO', '#0f766e'),
        roles: ['Reader'],
      },
      {
        user_id: 'auth0|65f1b0000000000000000003',
        email: 'cleo@acme.example',
        email_verified: false,
        password: 'Cleo-Is-Blocked-3',
        name: 'Cleo Marsh',
        nickname: 'cleo',
        blocked: true,
      },
      {
        user_id: 'google-oauth2|110000000000000000001',
        email: 'dana@gmail.example',
        email_verified: true,
        connection: 'google-oauth2',
        name: 'Dana Ito',
        nickname: 'dana',
      },
      {
        user_id: 'oidc|acme-staff|e-1001',
        email: 'eli@staff.acme.example',
        email_verified: true,
        connection: 'acme-staff',
        name: 'Eli Novak',
        nickname: 'eli',
      },
    ],
    roles: [
      {
        id: 'rol_acmeManager00001',
        name: 'Manager',
        description: 'Reads and changes orders',
        permissions: [
          { resource_server_identifier: 'https://api.acme.example', permission_name: 'read:orders' },
          { resource_server_identifier: 'https://api.acme.example', permission_name: 'write:orders' },
        ],
      },
      {
        id: 'rol_acmeReader000001',
        name: 'Reader',
        description: 'Reads orders',
        permissions: [
          { resource_server_identifier: 'https://api.acme.example', permission_name: 'read:orders' },
        ],
      },
    ],
    actions: [
      {
        name: 'Ask for a second factor when the application does',
        onExecutePostLogin(event, api) {
          const multifactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'
          if (event.transaction.acr_values.includes(multifactor)) api.multifactor.enable('any')
        },
      },
      {
        name: 'Add roles to tokens',
        onExecutePostLogin(event, api) {
          api.idToken.setCustomClaim('https://lowgate.example/roles', event.authorization.roles)
          api.accessToken.setCustomClaim('https://lowgate.example/roles', event.authorization.roles)
        },
      },
    ],
  }
}

function portrait(initials: string, colour: string): string {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="${colour}"/>` +
    `<text x="40" y="51" font-family="sans-serif" font-size="30" fill="#fff" text-anchor="middle">${initials}</text></svg>`
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
