/** Something that can hold lists of its own kind. */
interface Nested<T> {
  /** The lists right inside an entry. */
  listsOf(entry: T): (T[] | undefined)[]
}

/** The list that holds the entry of an id, and where in it. */
export function findIn<T extends { id: string }>(
  list: T[],
  id: string,
  nested: Nested<T>,
): { list: T[]; index: number } | undefined {
  const index = list.findIndex((entry) => entry.id === id)
  if (index >= 0) return { list, index }
  for (const entry of list)
    for (const inner of nested.listsOf(entry)) {
      const found = inner && findIn(inner, id, nested)
      if (found) return found
    }
  return undefined
}

/**
 * Moves an entry into `target`, before the entry that is at `index` now. Nothing happens when `target` is inside
 * the entry itself.
 */
export function moveBetween<T extends { id: string }>(
  from: { list: T[]; index: number },
  target: T[],
  index: number,
  nested: Nested<T>,
): void {
  const entry = from.list[from.index]
  if (!entry || holds(entry, target, nested)) return
  from.list.splice(from.index, 1)
  const shifted = from.list === target && from.index < index ? index - 1 : index
  target.splice(shifted, 0, entry)
}

const holds = <T>(entry: T, list: T[], nested: Nested<T>): boolean =>
  nested
    .listsOf(entry)
    .some((inner) => inner && (inner === list || inner.some((child) => holds(child, list, nested))))
