import { ManagementClient } from 'auth0'
import type { DemoTenant } from './demo-tenant.ts'

/** The official SDK on the tenant. It insists on https, which a tenant on this machine does not speak. */
export function connectSdk({ domain, m2m }: DemoTenant): ManagementClient {
  return new ManagementClient({
    domain,
    ...m2m,
    maxRetries: 0,
    fetch: (input, init) => fetch(String(input).replace('https://', 'http://'), init),
  })
}
