/** What a page demands beyond a login. Every part that is given must hold. */
export interface GuardRules {
  /** User groups: a visitor needs all the roles inside one group, and any group will do. */
  groups?: readonly (readonly string[])[]
  /** All of them are needed. */
  permissions?: readonly string[]
  /** Ids or names; being logged in to any of them will do. */
  organizations?: readonly string[]
}

/**
 * Who may see a page.
 *
 * @example
 * const staff: Guard = { groups: [['manager'], ['editor', 'reviewer']], organizations: ['acme-north'] }
 */
export type Guard = 'everyone' | 'authenticated' | GuardRules

/** What a guard finds: show the page, ask the visitor to log in, or keep her out although she is logged in. */
export type Verdict = 'allow' | 'login' | 'deny'
