const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && !value.length)

/** The way that a branch takes, by its fields with bindings resolved. */
export function chooseWay({ value, test = 'filled', to }: Record<string, unknown>): 'then' | 'otherwise' {
  const holds = {
    filled: () => !isEmpty(value),
    empty: () => isEmpty(value),
    equals: () => String(value ?? '') === String(to ?? ''),
    contains: () =>
      Array.isArray(value)
        ? value.map(String).includes(String(to))
        : String(value ?? '').includes(String(to ?? '')),
  }[test as 'filled']
  return holds() ? 'then' : 'otherwise'
}
