import { ManagementClient, ManagementError } from 'auth0'
import { afterAll } from 'vitest'
import { connectControl, type TenantControl } from '../index.ts'
import { startDemoTenant, type DemoTenant } from './demo-tenant.ts'

/**
 * The official SDK on the tenant. It insists on https, which a tenant on this machine does not speak. `look` sees a
 * copy of each answer of the Management API.
 */
export function connectSdk(
  { domain, m2m }: Pick<DemoTenant, 'domain' | 'm2m'>,
  look?: (response: Response) => Promise<void>,
): ManagementClient {
  return new ManagementClient({
    domain,
    ...m2m,
    maxRetries: 0,
    async fetch(input, init) {
      const response = await fetch(String(input).replace('https://', 'http://'), init)
      if (String(input).includes('/api/v2/')) await look?.(response.clone())
      return response
    },
  })
}

/** A demo tenant with the SDK and the control API on it, for all tests of the file that asks. */
export async function useManagementApi(): Promise<{
  tenant: DemoTenant
  control: TenantControl
  api: ManagementClient
}> {
  const tenant = await startDemoTenant()
  afterAll(() => tenant.close())
  return { tenant, control: connectControl(tenant.url), api: connectSdk(tenant) }
}

/** What the SDK was refused with. @throws when it was not */
export async function failure(
  work: PromiseLike<unknown>,
): Promise<{ statusCode?: number | undefined; body?: unknown }> {
  const error: unknown = await Promise.resolve(work).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ManagementError)) throw new Error(`Expected a refusal, not ${String(error)}`)
  const { statusCode, body } = error
  return { statusCode, body }
}
