/** The tenant's own time, so that a test can move it without moving the machine's. All values are Unix seconds. */
export interface Clock {
  /** The tenant's present second. */
  now(): number
  /** The same as ISO 8601. */
  iso(): string
  /** How far the tenant's time is ahead of the machine's (negative: behind). */
  readonly offset: number
  /** Sets how far the tenant's time is ahead of the machine's. */
  shift(seconds: number): void
}

export function createClock(): Clock {
  let offset = 0
  const now = () => Math.floor(Date.now() / 1000) + offset
  return {
    now,
    iso: () => new Date(now() * 1000).toISOString(),
    get offset() {
      return offset
    },
    shift(seconds) {
      offset = Math.trunc(seconds)
    },
  }
}
