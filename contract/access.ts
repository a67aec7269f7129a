import type { Access, AccessRules, UserGroup } from './schemas/access.ts'

/** What a guard demands beyond a login: {@link AccessRules} with the roles of each group in place of its id. */
export type GuardRules = Readonly<Omit<AccessRules, 'groups'>> & {
  /** A visitor needs all the roles inside one of them. */
  readonly groups?: readonly (readonly string[])[]
}

/**
 * Who may see a page, as the plugin judges it.
 *
 * @example
 * const staff: Guard = { groups: [['manager'], ['editor', 'reviewer']], organizations: ['acme-north'] }
 */
export type Guard = Exclude<Access, AccessRules> | GuardRules

/**
 * What a guard finds: show the page, ask the visitor to log in, keep her out although she is logged in, or ask her for a
 * second factor or a newer login first.
 */
export type Verdict = 'allow' | 'login' | 'deny' | 'step-up'

/** A page's access in the words of the plugin: user groups by their roles. A deleted group lets nobody in. */
export function toGuard(access: Access, userGroups: readonly UserGroup[]): Guard {
  if (typeof access === 'string') return access
  const { groups, permissions, organizations, secondFactor, maxLoginAge } = access
  const rolesOf = (id: string) => userGroups.find((group) => group.id === id)?.roles
  return {
    ...(groups?.length && { groups: groups.map(rolesOf).filter((roles) => roles !== undefined) }),
    ...(permissions?.length && { permissions }),
    ...(organizations?.length && { organizations }),
    ...(secondFactor && { secondFactor }),
    ...(maxLoginAge && { maxLoginAge }),
  }
}
