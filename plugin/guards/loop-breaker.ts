import { LowgateError } from '../../contract/index.ts'
import { readJson, tabStore } from '../browser/storage.ts'

interface Step {
  /** Milliseconds since 1970. */
  at: number
  what: string
}

export interface LoopBreaker {
  /**
   * Notes a redirect before it happens.
   *
   * @param what Such as `/members asks for a login`.
   * @throws `auth/redirect-loop` with the trace, at the fourth redirect within ten seconds; then counting starts
   * again.
   */
  note(what: string): void
  /** Forgets everything, once a guarded page was reached. */
  reset(): void
}

const limit = 3
/** Milliseconds. */
const window = 10_000

/**
 * Counts the redirects that guards cause, across page loads of this tab, and stops a visitor who is sent in
 * circles. Without storage no login can start, so no circle can either.
 *
 * @param name Where the tab's storage holds the count.
 */
export function createLoopBreaker(name: string): LoopBreaker {
  const keep = (steps: Step[]) => void tabStore.set(name, JSON.stringify(steps))

  return {
    note(what) {
      const now = Date.now()
      const kept = readJson<Step[]>(tabStore, name)
      const recent = Array.isArray(kept) ? kept.filter(({ at }) => now - at < window) : []
      const steps = [...recent, { at: now, what }]
      if (steps.length <= limit) return keep(steps)
      keep([])
      const start = steps[0]?.at ?? now
      const trace = steps.map((step) => `${((step.at - start) / 1000).toFixed(1)} s: ${step.what}`)
      throw new LowgateError('auth/redirect-loop', { trace })
    },
    reset: () => keep([]),
  }
}
