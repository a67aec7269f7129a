/** The item without the named top-level fields. */
export function omit<T extends object>(item: T, ...names: string[]): Partial<T> {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name))) as Partial<T>
}
