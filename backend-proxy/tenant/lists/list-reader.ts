import type { ManagementClient } from 'auth0'
import { LRUCache } from 'lru-cache'
import type { RemoteList } from 'lowgate/contract'
import type { Choice, ListPage } from 'lowgate/contract/proxy-api'
import { isAbsent, type TenantClient } from '../tenant-client.ts'
import { fitsFilter, notOurs, type SourcePage } from './list-source.ts'
import { scanFor } from './scan.ts'
import { sources } from './sources.ts'

/** Milliseconds during which a tenant is not asked again. */
const freshness = 300_000

interface Asked {
  search: string
  cursor?: string | undefined
  ids: string[]
  refresh: boolean
}

type Remembered = SourcePage & { readAt: string }

/**
 * Reads lists of tenants, one request for each page at most: pages are remembered, and callers that want the same
 * one at the same time wait for one request.
 */
export function createListReader() {
  // Some 20 MB, whatever the number and the size of tenants.
  const pages = new LRUCache<string, Remembered, () => Promise<SourcePage>>({
    maxSize: 20_000_000,
    sizeCalculation: (page) => 200 + JSON.stringify(page).length * 2,
    ttl: freshness,
    fetchMethod: async (_key, _stale, { context }) => ({
      ...(await context()),
      readAt: new Date().toISOString(),
    }),
  })
  /** Part of every key of a list: a forced refresh raises it, and what was remembered is asked for no more. */
  const generations = new LRUCache<string, number>({ max: 10_000 })
  /** Lists of tenants whose API has no search for them. */
  const unsearchable = new LRUCache<string, true>({ max: 10_000, ttl: 3_600_000 })

  const remember = async (key: string, read: () => Promise<SourcePage>): Promise<Remembered> => {
    const page = await pages.fetch(key, { context: read })
    return page ?? { ...(await read()), readAt: new Date().toISOString() }
  }

  return async (tenant: TenantClient, list: RemoteList, asked: Asked): Promise<ListPage> => {
    const source = sources[list]
    const name = `${tenant.id} ${list}`
    if (asked.refresh) generations.set(name, (generations.get(name) ?? 0) + 1)
    const toKey = (...parts: unknown[]) => JSON.stringify([name, generations.get(name) ?? 0, ...parts])
    const plainKey = (cursor: string | undefined) => toKey('plain', cursor ?? null)

    /** What moved on to this page since the one before was read is on both: it is shown once. */
    const readPlain = (cursor: string | undefined) =>
      remember(plainKey(cursor), async () => {
        const page = await tenant
          .call((management) => source.page(management, cursor))
          .catch((error: unknown) => {
            throw cursor && isAbsent(error) ? notOurs() : error
          })
        if (!cursor || !/^\d+$/.test(cursor)) return page
        const before = pages.peek(plainKey(cursor === '1' ? undefined : String(Number(cursor) - 1)))
        const shown = new Set(before?.items.map(({ value }) => value))
        return { ...page, items: page.items.filter(({ value }) => !shown.has(value)) }
      })

    async function readSearch(cursor: string | undefined): Promise<SourcePage> {
      const search = source.search
      if (search && fitsFilter(asked.search) && !unsearchable.has(name) && !cursor?.startsWith('scan:')) {
        try {
          const found = cursor ? [] : await readById()
          if (found.length > 0) return { items: found, next: null }
          return await tenant.call((management, apiUrl) => search(management, asked.search, cursor, apiUrl))
        } catch (error) {
          if (!isAbsent(error)) throw error
          if (cursor) throw notOurs()
          if (error.statusCode === 404) unsearchable.set(name, true)
        }
      }
      return scanFor(asked.search, cursor, readPlain)
    }

    async function unlessAbsent(
      read: (management: ManagementClient) => Promise<Choice | undefined>,
    ): Promise<Choice[]> {
      try {
        const found = await tenant.call(read)
        return found ? [found] : []
      } catch (error) {
        if (isAbsent(error)) return []
        throw error
      }
    }

    const readById = () => unlessAbsent(async (management) => source.byId?.(management, asked.search))

    async function find(value: string): Promise<Choice[]> {
      const { items } = await remember(toKey('id', value), async () => ({
        items: await unlessAbsent((management) => source.find(management, value)),
        next: null,
      }))
      return items
    }

    const page = asked.search
      ? await remember(toKey('search', asked.search, asked.cursor ?? null), () => readSearch(asked.cursor))
      : await readPlain(asked.cursor)
    const onPage = (value: string) => page.items.filter((item) => item.value === value)
    const chosen = await Promise.all(
      asked.ids.map((value) => {
        const here = onPage(value)
        return here.length ? here : find(value)
      }),
    )
    return { items: page.items, next: page.next, chosen: chosen.flat(), readAt: page.readAt }
  }
}
