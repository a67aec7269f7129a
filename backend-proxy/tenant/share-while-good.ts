/** A value that is asked for once, however many want it, and again when it is no longer good or asking failed. */
export function shareWhileGood<T>(ask: () => Promise<T>, isGood: (value: T) => boolean) {
  let current: { asked: Promise<T>; value?: T } | undefined

  function start(): Promise<T> {
    const mine: NonNullable<typeof current> = { asked: ask() }
    current = mine
    mine.asked.then(
      (value) => (mine.value = value),
      () => {
        if (current === mine) current = undefined
      },
    )
    return mine.asked
  }

  return {
    get(): Promise<T> {
      const isUsable = current && (current.value === undefined || isGood(current.value))
      return current && isUsable ? current.asked : start()
    },
    forget() {
      current = undefined
    },
  }
}
