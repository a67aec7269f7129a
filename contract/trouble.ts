/** Who can cure a trouble. */
export type TroubleOwner = 'visitor' | 'builder' | 'operator' | 'tenant administrator'

/** Everything that is wrong has this shape: an error, a finding of the health check, a problem of a project. */
export interface Trouble {
  /** The same for the same kind of trouble wherever it turns up, such as `auth/popup-blocked`. Never changed once released. */
  readonly code: string
  /** What is wrong, in one sentence. */
  readonly title: string
  /** Why it happens, or what it does to visitors; absent when the title says so. */
  readonly why?: string
  /** What to do next; absent when `where` says so. */
  readonly cure?: string
  /** Where the cure is set, such as `Connection › Domain`; absent when there is no such place. */
  readonly where?: string
  readonly owner: TroubleOwner
}

/**
 * How bad a trouble is, the worst first. `error`: visitors cannot log in, or are in danger. `warning`: something they
 * use will fail or surprise. `notice`: worth knowing.
 */
export const severities = ['error', 'warning', 'notice'] as const

export type Severity = (typeof severities)[number]
