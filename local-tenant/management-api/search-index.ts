import type { Clock } from '../clock.ts'

/**
 * What the `/search` endpoints see: like Auth0's they lag behind. A change is shown by them only after the
 * tenant's `search_delay`.
 */
export interface SearchIndex {
  /** Remembers an entity as it was before a change. */
  changed(id: string, before: object): void
  /** The items as the search knows them now. */
  view<T extends object>(items: Map<string, T>): T[]
}

export function createSearchIndex(clock: Clock, delay: () => number): SearchIndex {
  const stale = new Map<string, { before: object; at: number }>()
  return {
    changed(id, before) {
      if (!stale.has(id)) stale.set(id, { before, at: clock.now() })
    },
    view<T extends object>(items: Map<string, T>): T[] {
      for (const [id, { at }] of stale) if (clock.now() - at >= delay()) stale.delete(id)
      return [...items].map(([id, item]) => (stale.get(id)?.before as T | undefined) ?? item)
    },
  }
}
