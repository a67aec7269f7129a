/**
 * Moves an entry one place up or down through a tree of lists, into containers and out of them again, so that
 * two keys reach every place.
 *
 * @param listsOf the lists directly inside an entry; none unless it is a container
 * @returns whether it moved; not at either end
 */
export function stepThrough<T extends { id: string }>(
  root: T[],
  id: string,
  listsOf: (entry: T) => (T[] | undefined)[],
  direction: 'up' | 'down',
): boolean {
  const found = find(root, id, listsOf)
  if (!found) return false
  const { list, index, parents } = found
  const entry = list[index] as T
  const down = direction === 'down'
  const put = (target: T[], at: number) => {
    list.splice(index, 1)
    target.splice(at, 0, entry)
    return true
  }

  const neighbour = list[down ? index + 1 : index - 1]
  if (neighbour) {
    const inner = listsOf(neighbour).filter((each) => each !== undefined)
    const target = down ? inner[0] : inner.at(-1)
    return target ? put(target, down ? 0 : target.length) : put(list, down ? index + 1 : index - 1)
  }

  const parent = parents.at(-1)
  if (!parent) return false
  const siblings = listsOf(parent.entry).filter((each) => each !== undefined)
  const sibling = siblings[siblings.indexOf(list) + (down ? 1 : -1)]
  if (sibling) return put(sibling, down ? 0 : sibling.length)
  return put(parent.list, parent.list.indexOf(parent.entry) + (down ? 1 : 0))
}

interface Found<T> {
  list: T[]
  index: number
  /** From the outermost container to the one right around the entry. */
  parents: { entry: T; list: T[] }[]
}

function find<T extends { id: string }>(
  list: T[],
  id: string,
  listsOf: (entry: T) => (T[] | undefined)[],
  parents: Found<T>['parents'] = [],
): Found<T> | undefined {
  const index = list.findIndex((entry) => entry.id === id)
  if (index >= 0) return { list, index, parents }
  for (const entry of list)
    for (const inner of listsOf(entry)) {
      const found = inner && find(inner, id, listsOf, [...parents, { entry, list }])
      if (found) return found
    }
  return undefined
}
