import type { z } from 'zod'
import type { Environment } from 'lowgate/contract'
import type { Finding, projectUse } from 'lowgate/contract/proxy-api'
import type { PartName, TenantParts } from './tenant-parts.ts'

/** What a project sends to its tenant, with the connection's choices added. */
export interface Project {
  environment: Environment
  domain: string
  use: z.output<typeof projectUse>
  clientId: string | undefined
  customDomain: string | undefined
  /** The connection's own. */
  audience: string | undefined
  /** Of the connection and of the actions, without repetition. */
  audiences: string[]
  organizations: string[]
}

/** A finding without the code, which its check has, and the owner, who follows from the place. */
export type Found = Omit<Finding, 'code' | 'owner'>

/** Adds who can change something at the place that a finding names. */
export const withOwner = (finding: Omit<Finding, 'owner'>): Finding => ({
  ...finding,
  owner: finding.where.startsWith('Auth0 ›') ? 'tenant administrator' : 'builder',
})

export interface Check {
  code: string
  /** What is looked at, for the list of what was checked. */
  title: string
  needs: readonly PartName[]
  find(parts: TenantParts, project: Project): Found[]
  /** What to report when the tenant has no such part. Absent: the check is left out then. */
  whenAbsent?(project: Project): Found[]
}

/**
 * One thing that can be wrong: a pure function of what was read of the tenant. `find` runs only when every part it
 * `needs` is there.
 */
export function defineCheck<const N extends PartName>(
  check: Omit<Check, 'needs' | 'find'> & {
    needs: readonly N[]
    find(parts: Pick<TenantParts, N>, project: Project): Found[]
  },
): Check {
  return check
}

/** Where a setting of the application is, such as `Auth0 › Applications › Shop › Settings › Allowed Web Origins`. */
export const inApplication = (application: { name: string }, ...path: string[]) =>
  ['Auth0 › Applications', application.name, ...path].join(' › ')
