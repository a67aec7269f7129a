import type { Tenant } from '../tenant/tenant.ts'
import { pathOf } from './operation.ts'
import { ManagementApiError } from './errors.ts'

/** What a plan does not contain, by the paths it refuses. */
const refused = {
  free: /^\/(custom-domains|sessions|refresh-tokens|users\/[^/]+\/(sessions|refresh-tokens|revoke-access))(\/|$)/,
  paid: /^\/(sessions|refresh-tokens|users\/[^/]+\/(sessions|refresh-tokens|revoke-access))(\/|$)/,
}

/** @throws {ManagementApiError} 403 for what the tenant's plan does not contain */
export function refuseByPlan({ directory }: Tenant, on: string): void {
  const { plan = 'unlimited' } = directory.settings
  if (plan === 'unlimited' || !refused[plan].test(pathOf({ on }))) return
  throw new ManagementApiError(
    403,
    'The account is not allowed to perform this operation',
    'operation_not_supported',
  )
}
