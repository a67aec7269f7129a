/** Resolves when it is the caller's turn. @returns what ends the turn */
export type Turns = (key: string) => Promise<() => void>

/** Turns of one key come one after the other, in the order in which they were asked for; those of others at the same time. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>()
  return async (key) => {
    const before = last.get(key)
    let end: (() => void) | undefined
    const mine = new Promise<void>((resolve) => (end = resolve))
    last.set(key, mine)
    await before
    return () => {
      if (last.get(key) === mine) last.delete(key)
      end?.()
    }
  }
}
