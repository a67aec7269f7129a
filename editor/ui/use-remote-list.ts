import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'

/** One choice of a list. */
export interface ListChoice {
  /** What is stored; unlike any other's. */
  value: string
  /** What is shown. */
  label: string
  /** A second line in small print. */
  detail?: string | undefined
}

/** What is asked of the source of a list. */
export interface ListRequest {
  /** What was typed, without spaces around it; empty for all. */
  search: string
  /** The `next` of the page before. Absent: the first page. */
  cursor?: string
  /** Chosen values whose labels are not known yet, to be returned as `chosen` even when they are not on this page. */
  ids: string[]
  /** Ask again, past every cache. */
  refresh: boolean
  /** Aborted as soon as a newer request makes this one's answer worthless. */
  signal: AbortSignal
}

/** One page of a list. */
export interface ListAnswer {
  /** In the order in which they are shown. */
  items: ListChoice[]
  /** The cursor of the next page. */
  next: string | null
  /** Those of the `ids` that exist; absent from a source that does not look them up. */
  chosen?: ListChoice[] | undefined
  /** When the source was read, in ISO 8601. */
  readAt?: string | undefined
}

/** Reads one page; what it throws is shown as the list's error. */
export type LoadPage = (request: ListRequest) => Promise<ListAnswer>

/** How a list behaves. */
export interface RemoteListOptions {
  /** Milliseconds of silence before a search goes out. Default: 250. */
  debounce?: number
  /** The value that is chosen now, so that its words are known even when no loaded page holds it. */
  chosen?: () => string | undefined
}

/**
 * A list of choices that lives on a server: its first page loads as soon as there is a `load` function, and again
 * whenever that function changes. Searching waits for a pause in typing and drops answers that come too late.
 *
 * @param load The function that reads a page, or `undefined` while the list cannot be read yet.
 * @example
 * const list = useRemoteList(() => ({ search }) => fetch(`/names?like=${search}`).then((reply) => reply.json()))
 */
export function useRemoteList(
  load: () => LoadPage | undefined,
  { debounce = 250, chosen }: RemoteListOptions = {},
) {
  const items = shallowRef<ListChoice[]>([])
  const next = ref<string | null>(null)
  const status = ref<'waiting' | 'loading' | 'ready' | 'failed'>('waiting')
  const error = shallowRef<unknown>()
  const readAt = ref<string>()
  const known = reactive(new Map<string, ListChoice>())
  const missing = reactive(new Set<string>())
  let search = ''
  let controller: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const stop = () => {
    clearTimeout(timer)
    controller?.abort()
  }

  async function run({ cursor, refresh = false }: { cursor?: string | undefined; refresh?: boolean } = {}) {
    stop()
    const page = load()
    if (!page) {
      status.value = 'waiting'
      items.value = []
      return
    }
    const { signal } = (controller = new AbortController())
    status.value = 'loading'
    const value = chosen?.()
    const ids = value && (refresh || !known.has(value)) ? [value] : []
    try {
      const answer = await page({ search, ids, refresh, signal, cursor })
      if (signal.aborted) return
      const seen = new Set(cursor ? items.value.map(({ value }) => value) : [])
      const fresh = answer.items.filter(({ value }) => !seen.has(value) && seen.add(value))
      items.value = cursor ? [...items.value, ...fresh] : fresh
      next.value = answer.next
      readAt.value = answer.readAt
      for (const item of [...fresh, ...(answer.chosen ?? [])]) known.set(item.value, item)
      if (answer.chosen) remember(ids, answer.chosen)
      error.value = undefined
      status.value = 'ready'
    } catch (reason) {
      if (signal.aborted) return
      error.value = reason
      status.value = 'failed'
    }
  }

  function remember(ids: string[], found: ListChoice[]) {
    for (const id of ids)
      if (found.some(({ value }) => value === id)) missing.delete(id)
      else missing.add(id)
  }

  watch(
    load,
    () => {
      search = ''
      items.value = []
      next.value = null
      error.value = undefined
      known.clear()
      missing.clear()
      void run()
    },
    { immediate: true },
  )
  onScopeDispose(stop)

  return reactive({
    items,
    status,
    error,
    canLoadMore: computed(() => next.value !== null),
    /** The choice behind a value, once any page has shown it. */
    choiceOf: (value: string) => known.get(value),
    search(text: string) {
      if (text === search) return
      search = text
      stop()
      if (status.value !== 'waiting') status.value = 'loading'
      timer = setTimeout(() => void run(), text ? debounce : 0)
    },
    loadMore: () => run({ cursor: next.value ?? undefined }),
    /** Reads the present search again from its first page; with `refresh`, past every cache. */
    reload: (options?: { refresh: boolean }) => run(options),
    /** When the source was read, in ISO 8601, if it says so. */
    readAt,
    /** Whether the source was asked for this chosen value and does not have it. */
    isMissing: (value: string) => missing.has(value) && !known.has(value),
  })
}

export type RemoteListState = ReturnType<typeof useRemoteList>
