import { LowgateError } from '../../contract/index.ts'

interface Step {
  /** Milliseconds since 1970. */
  at: number
  what: string
}

const limit = 3
const window = 10_000

/**
 * Counts the redirects that guards cause, across page loads of this tab, and stops a visitor who is sent in
 * circles.
 *
 * @param key Where the tab's storage holds the count.
 */
export function createLoopBreaker(key: string) {
  function recent(): Step[] {
    try {
      const steps = JSON.parse(sessionStorage.getItem(key) ?? '[]') as Step[]
      return steps.filter(({ at }) => Date.now() - at < window)
    } catch {
      return []
    }
  }

  function keep(steps: Step[]) {
    try {
      sessionStorage.setItem(key, JSON.stringify(steps))
    } catch {
      // Without storage no login can start, so there is no circle either.
    }
  }

  return {
    /**
     * Notes a redirect before it happens.
     *
     * @param what Such as `/members asks for a login`.
     * @throws `auth/redirect-loop` with the trace, at the fourth redirect within ten seconds; counting starts anew.
     */
    note(what: string): void {
      const steps = recent()
      if (steps.length < limit) return keep([...steps, { at: Date.now(), what }])
      keep([])
      const start = steps[0]?.at ?? 0
      const trace = [...steps, { at: Date.now(), what }].map(
        (step) => `${((step.at - start) / 1000).toFixed(1)} s: ${step.what}`,
      )
      throw new LowgateError('auth/redirect-loop', { trace })
    },
    /** Forgets everything, once a guarded page was reached. */
    reset: () => keep([]),
  }
}
