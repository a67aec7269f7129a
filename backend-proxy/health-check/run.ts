import { severities } from 'lowgate/contract'
import type { HealthReport } from 'lowgate/contract/proxy-api'
import type { GuardedFetch } from '../tenant/guarded-fetch.ts'
import type { TenantClient } from '../tenant/tenant-client.ts'
import { addressChecks } from './addresses.ts'
import { apiChecks } from './apis.ts'
import { applicationChecks } from './application.ts'
import { withOwner, type Check, type Project } from './check.ts'
import { loadParts, type LoadedParts } from './load-parts.ts'
import { permissionChecks } from './permissions.ts'
import { customDomainChecks, sessionChecks } from './sessions.ts'
import type { TenantParts } from './tenant-parts.ts'
import { waysToLogIn } from './ways-to-log-in.ts'

/** In the order in which a builder reads them. */
export const allChecks: readonly Check[] = [
  ...applicationChecks,
  ...addressChecks,
  ...apiChecks,
  ...waysToLogIn,
  ...customDomainChecks,
  ...sessionChecks,
  ...permissionChecks,
]

/** Compares what `project` sends with what its tenant accepts. It changes nothing. */
export async function checkHealth(
  tenant: TenantClient,
  fetch: GuardedFetch,
  project: Project,
): Promise<HealthReport> {
  const loaded = await loadParts(tenant, fetch, project, new Set(allChecks.flatMap(({ needs }) => needs)))
  const results = allChecks.map((check) => runCheck(check, loaded, project))
  const findings = results.flatMap(({ check, found = [] }) =>
    found.map((one) => withOwner({ code: check.code, ...one })),
  )
  return {
    findings: findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    checks: results.map(({ check: { code, title }, found, reason }) => ({
      code,
      title,
      outcome: reason ? 'not-checked' : found?.length ? 'found' : 'passed',
      reason,
    })),
    checkedAt: new Date().toISOString(),
  }
}

function runCheck(check: Check, { parts, unavailable }: LoadedParts, project: Project) {
  const unread = check.needs.find((name) => name in unavailable)
  if (unread) return { check, reason: unavailable[unread] }
  const isAbsent = check.needs.some((name) => parts[name] === undefined)
  if (isAbsent) return { check, found: check.whenAbsent?.(project) ?? [] }
  return { check, found: check.find(parts as TenantParts, project) }
}
