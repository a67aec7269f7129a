import { requestToken } from '../conformance/probes.ts'
import { operations } from '../management-api/operations.ts'
import { demoSeed, startLocalTenant, type LocalTenant, type TenantSeed } from '../index.ts'

const everyScope = [...new Set(operations.flatMap(({ scopes }) => scopes))]

export const ada = { email: 'ada@acme.example', password: 'Ada-Loves-Engines-1' }
export const ben = { email: 'ben@acme.example', password: 'Ben-Reads-Orders-2' }
export const cleo = { email: 'cleo@acme.example', password: 'Cleo-Is-Blocked-3' }

export interface DemoTenant extends LocalTenant {
  seed: TenantSeed
  /** The single-page application. */
  clientId: string
  /** The single-page application that requires an organization. */
  organizationClientId: string
  m2m: { clientId: string; clientSecret: string }
  /** A fresh token of the machine-to-machine application for the Management API. */
  managementToken(): Promise<string>
}

/** The demo on a free port, with its control API open and a machine-to-machine application that may do everything. */
export async function startDemoTenant({
  app = 'http://localhost:3999',
  change = () => undefined,
}: { app?: string; change?: (seed: TenantSeed) => void } = {}): Promise<DemoTenant> {
  const seed = demoSeed('preview', { callbackOrigins: [app] })
  seed.client_grants = [
    {
      client_id: seed.clients[0]?.client_id ?? '',
      audience: 'management',
      scope: everyScope,
    },
  ]
  change(seed)
  const tenant = await startLocalTenant(seed, { port: 0, control: true })
  const [machine, spa, backOffice] = seed.clients
  const m2m = { clientId: machine?.client_id ?? '', clientSecret: machine?.client_secret ?? '' }
  return {
    ...tenant,
    seed,
    clientId: spa?.client_id ?? '',
    organizationClientId: backOffice?.client_id ?? '',
    m2m,
    async managementToken() {
      const response = await requestToken({ url: tenant.url, ...m2m })
      return ((await response.json()) as { access_token: string }).access_token
    },
  }
}
