import type { Clock } from '../tenant/clock.ts'

interface Version {
  /** How the thing was until then; absent when it did not exist. */
  before: object | undefined
  until: number
}

/**
 * What searches and lists of users see: like Auth0's they lag behind. A change is shown by them only after the
 * tenant's `search_delay`.
 */
export interface SearchIndex {
  /** Remembers how a thing is before it is created, changed or deleted. */
  changing(items: Map<string, object>, id: string): void
  /** The items as the search knows them now. */
  view<T extends object>(items: Map<string, T>): T[]
}

export function createSearchIndex(clock: Clock, delay: () => number): SearchIndex {
  const collections = new WeakMap<object, Map<string, Version[]>>()

  function versionsOf(items: object): Map<string, Version[]> {
    const versions = collections.get(items) ?? new Map<string, Version[]>()
    collections.set(items, versions)
    for (const [id, list] of versions) {
      const recent = list.filter(({ until }) => clock.now() - until < delay())
      if (recent.length > 0) versions.set(id, recent)
      else versions.delete(id)
    }
    return versions
  }

  return {
    changing(items, id) {
      if (delay() === 0) return
      const versions = versionsOf(items)
      const version = { before: structuredClone(items.get(id)), until: clock.now() }
      versions.set(id, [...(versions.get(id) ?? []), version])
    },
    view<T extends object>(items: Map<string, T>): T[] {
      const versions = versionsOf(items)
      if (versions.size === 0) return [...items.values()]
      const ids = new Set([...items.keys(), ...versions.keys()])
      return [...ids].flatMap((id) => {
        const version = versions.get(id)?.[0]
        const item = version ? (version.before as T | undefined) : items.get(id)
        return item ? [item] : []
      })
    },
  }
}
