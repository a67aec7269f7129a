import { connectControl } from '../../../local-tenant/control/client.ts'
import { startLocalTenant, type TenantSeed } from '../../../local-tenant/index.ts'

export type Kind = 'applications' | 'organizations'

export interface BenchTenant {
  domain: string
  credentials: { domain: string; m2mClientId: string; m2mClientSecret: string }
  /** Requests to the Management API since they were last forgotten, and how many of them were answered 429. */
  requests(): Promise<{ calls: number; refused: number }>
  forgetRequests(): Promise<void>
  close(): Promise<void>
}

type Entities = Pick<TenantSeed, 'clients' | 'organizations'>

const m2m = {
  client_id: 'benchmarkMachineToMachine',
  name: 'Backend proxy',
  app_type: 'non_interactive' as const,
  client_secret: 'a-secret-of-the-benchmark',
  grant_types: ['client_credentials'],
}

const scope = ['read:clients', 'read:client_keys', 'read:organizations']

export async function startBenchTenant(
  port: number,
  { plan, clients, organizations }: Entities & { plan: 'free' | 'unlimited' },
): Promise<BenchTenant> {
  const tenant = await startLocalTenant(
    {
      tenant: { plan },
      clients: [m2m, ...clients],
      client_grants: [{ client_id: m2m.client_id, audience: 'management', scope }],
      ...(organizations && { organizations }),
    },
    { port, control: true },
  )
  const control = connectControl(tenant.url)
  return {
    domain: tenant.domain,
    credentials: { domain: tenant.domain, m2mClientId: m2m.client_id, m2mClientSecret: m2m.client_secret },
    async requests() {
      const entries = await control.requests('/api/v2')
      return { calls: entries.length, refused: entries.filter(({ status }) => status === 429).length }
    },
    forgetRequests: () => control.clearRequests(),
    close: () => tenant.close(),
  }
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Applications as large as Auth0's are, by the shape of its documentation's example. */
export const manyEntities = (count: { applications?: number; organizations?: number }): Entities => ({
  clients: many(count.applications ?? 0, (index) => ({
    client_id: `application${String(index).padStart(21, '0')}`,
    name: `Application ${String(index)}`,
    description: 'One of many applications that a company collects over the years.',
    app_type: 'spa',
    client_secret: `secret-${String(index).padStart(57, '0')}`,
    logo_uri: 'https://cdn.acme.example/logos/application.png',
    is_first_party: true,
    oidc_conformant: true,
    callbacks: many(5, (site) => `https://site-${String(site)}.acme.example/callback`),
    allowed_logout_urls: many(5, (site) => `https://site-${String(site)}.acme.example/logged-out`),
    web_origins: many(5, (site) => `https://site-${String(site)}.acme.example`),
    allowed_origins: many(5, (site) => `https://site-${String(site)}.acme.example`),
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000, secret_encoded: false },
    refresh_token: {
      rotation_type: 'rotating',
      expiration_type: 'expiring',
      leeway: 0,
      token_lifetime: 2_592_000,
    },
    // The certificate of the tenant's signing key, twice, as Auth0 repeats it in every application.
    signing_keys: [
      {
        cert: 'MIIDDTCCAfWgAwIBAgIJ'.repeat(60),
        pkcs7: 'MIIDPAYJKoZIhvcNAQcC'.repeat(60),
        subject: '/CN=acme',
      },
    ],
    client_metadata: { team: 'web', owner: 'web@acme.example' },
  })),
  ...(count.organizations && {
    organizations: many(count.organizations, (index) => ({
      id: `org_${String(index).padStart(16, '0')}`,
      name: `organization-${String(index)}`,
      display_name: `Organization ${String(index)}`,
    })),
  }),
})
