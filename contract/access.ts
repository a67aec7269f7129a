/** What a visitor needs beyond a login: every part that is given. Without any part, a login is enough. */
export type AccessRules = {
  /** Ids of user groups; belonging to any of them is enough. */
  groups?: string[]
  /** All of them are needed. */
  permissions?: string[]
  /** Ids or names; being logged in to any of them is enough. */
  organizations?: string[]
  /** Whether the login must have shown a second factor (`amr` holds `mfa`). */
  secondFactor?: boolean
  /** Seconds that may have passed since the visitor last gave their credentials (`auth_time`). */
  maxLoginAge?: number
}

/**
 * Who may see a page, as a builder says it.
 *
 * @example
 * const staff: Access = { groups: ['managers'], organizations: ['acme-north'] }
 */
export type Access = 'everyone' | 'authenticated' | AccessRules

/** Who sees a part of a page: like {@link Access}, or only visitors who are not logged in. */
export type Audience = Access | 'logged-out'

/** A kind of visitor, by the tenant's roles: all the roles of a group are needed to belong to it. */
export interface UserGroup {
  /** What {@link AccessRules} name it by. */
  id: string
  /** What the builder calls it. */
  name: string
  /** The names of the tenant's roles; all of them are needed. None: every logged-in visitor belongs to it. */
  roles: string[]
}

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
 * What a guard finds: show the page, ask the visitor to log in, keep them out although they are logged in, or ask them for a
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
