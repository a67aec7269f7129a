import { createServer, type AddressInfo } from 'node:net'
import { operations } from '../../local-tenant/management-api/operations.ts'
import {
  demoSeed,
  startLocalTenant,
  type LocalTenantOptions,
  type TenantSeed,
} from '../../local-tenant/index.ts'
import type { CheckedClient } from './clients.ts'

/** How a client reaches a tenant. */
export interface ClientTenant {
  /** `localhost:4711`, or a name without a port, which leads nowhere until it is mapped to `port`. */
  domain: string
  /** With the scheme. */
  url: string
  port: number
  /** A single-page application. */
  spa: { clientId: string }
  /** A regular web application. */
  web: { clientId: string; clientSecret: string }
  /** May call everything in the Management API, and read orders at the demo's API. */
  machine: { clientId: string; clientSecret: string }
}

const everyScope = [...new Set(operations.flatMap(({ scopes }) => scopes))]

const ways: Record<'http' | NonNullable<CheckedClient['tenant']>, Partial<LocalTenantOptions>> = {
  http: {},
  https: { https: true },
  public: { https: true, publicDomain: 'tenant.example', allowRemote: true },
}

/** Tenants for an application at `origin`: the demo with its control API, and two empty ones. */
export async function startTenants(origin: string, way: keyof typeof ways) {
  const { full, empty, applications } = seedsFor(origin)
  const start = async (seed: TenantSeed) => {
    const port = await freePort()
    return { port, ...(await startLocalTenant(seed, { port, control: true, ...ways[way] })) }
  }
  const started = await Promise.all([start(full), start(empty), start(empty)])
  const [demo, ...others] = started
  const reached = ({ domain, url, port }: typeof demo): ClientTenant => ({
    domain,
    url,
    port,
    ...applications,
  })
  return {
    tenant: reached(demo),
    empty: others.map(reached),
    /** What a client has to trust. Empty without https. */
    certificates: started.map(({ certificate = '' }) => certificate).join('\n'),
    close: () => Promise.all(started.map((each) => each.close())),
  }
}

function seedsFor(origin: string) {
  const full = demoSeed('preview', { callbackOrigins: [origin] })
  const [machine, spa, , , web] = full.clients
  if (!machine || !spa || !web) throw new Error('The demo has lost one of its applications.')
  Object.assign(web, {
    callbacks: [`${origin}/callback`, `${origin}/auth/callback`],
    allowed_logout_urls: [origin, `${origin}/`],
  })
  full.resource_servers?.push({
    id: '65f1a0000000000000000002',
    identifier: 'https://dpop.acme.example',
    name: 'An API for bound tokens',
    proof_of_possession: { mechanism: 'dpop', required: true },
  })
  const grant = { client_id: machine.client_id, audience: 'management', scope: everyScope }
  const orders = { ...grant, audience: 'https://api.acme.example', scope: ['read:orders'] }
  full.client_grants = [grant, orders, { ...orders, client_id: web.client_id }]
  const withSecret = ({ client_id, client_secret = '' }: typeof web) => ({
    clientId: client_id,
    clientSecret: client_secret,
  })
  return {
    full,
    empty: { clients: [machine], client_grants: [grant] },
    applications: { spa: { clientId: spa.client_id }, web: withSecret(web), machine: withSecret(machine) },
  }
}

/** A tenant has to know its application's callback before that listens, and the other way round. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
