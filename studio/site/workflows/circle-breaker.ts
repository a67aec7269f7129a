interface Start {
  workflow: string
  /** Milliseconds since 1970. */
  at: number
}

const key = 'lowgate-site:starts'
const limit = 5
const window = 20_000

/** Stops workflows that start each other in circles, over redirects too, while the visitor touches nothing. */
export function createCircleBreaker(storage: () => Pick<Storage, 'getItem' | 'setItem'>) {
  function recent(): Start[] {
    try {
      const starts = JSON.parse(storage().getItem(key) ?? '[]') as Start[]
      return starts.filter(({ at }) => Date.now() - at < window)
    } catch {
      return []
    }
  }

  function keep(starts: Start[]): void {
    try {
      storage().setItem(key, JSON.stringify(starts))
    } catch {
      // Without storage no login can start, and the loops that remain never leave this document.
    }
  }

  return {
    /** Notes that a workflow starts by itself. @returns whether it may; if not, counting starts again */
    mayStart(workflow: string): boolean {
      const starts = recent()
      if (starts.filter((start) => start.workflow === workflow).length >= limit) {
        keep([])
        return false
      }
      keep([...starts, { workflow, at: Date.now() }])
      return true
    },
    /** The visitor did something. */
    reset: () => keep([]),
  }
}
