/** A fault that the tenant's requests meet. The kinds are explained in `docs/local-tenant.md`. */
export interface Fault {
  kind: 'rate-limit' | 'delay' | 'stall' | 'cut' | 'truncate' | 'html' | 'status' | 'redirect' | 'endless'
  /** Start of the path, such as `/api/v2/clients`. */
  path: string
  method?: string | undefined
  /** How many requests meet it. Absent: every one until the faults are cleared. */
  times?: number | undefined
  /** `delay`: how long to wait; `rate-limit`: until the reset. */
  seconds?: number | undefined
  /** `status`: the status to answer. */
  status?: number | undefined
  /** `redirect`: where to. */
  location?: string | undefined
}

export interface RequestEntry {
  /** Unix milliseconds of the machine. */
  at: number
  method: string
  path: string
  query: Record<string, string>
  origin?: string | undefined
  status?: number | undefined
}

/** What the control API changed, and what it can tell. */
export interface ControlState {
  faults: Fault[]
  requests: RequestEntry[]
  denyNextLogin?: { error: string; error_description: string } | undefined
  thirdPartyCookiesBlocked: boolean
}

export function createControlState(): ControlState {
  return { faults: [], requests: [], thirdPartyCookiesBlocked: false }
}
