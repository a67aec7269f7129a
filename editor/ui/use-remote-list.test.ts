import { effectScope, nextTick, shallowRef } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useRemoteList, type ListAnswer, type ListRequest, type LoadPage } from './use-remote-list.ts'

const choice = (value: string) => ({ value, label: value.toUpperCase() })

/** A source whose answers the test gives when it likes. */
function createSource() {
  const requests: (ListRequest & {
    answer: (answer: ListAnswer) => Promise<void>
    fail: (e: Error) => Promise<void>
  })[] = []
  const load: LoadPage = (request) =>
    new Promise((resolve, reject) => {
      const settle =
        <T>(how: (value: T) => void) =>
        async (value: T) => {
          how(value)
          await nextTick()
          await nextTick()
        }
      requests.push({ ...request, answer: settle(resolve), fail: settle(reject) })
    })
  return { requests, load }
}

describe('a remote list', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  const start = (source = createSource(), chosen?: string) => {
    const load = shallowRef<LoadPage | undefined>(source.load)
    const scope = effectScope()
    const list = scope.run(() => useRemoteList(() => load.value, { chosen: () => chosen }))
    if (!list) throw new Error('The scope is over.')
    return { ...source, list, source: load, scope }
  }

  it('reads the first page at once', async () => {
    const { list, requests } = start()
    expect(list.status).toBe('loading')
    await requests[0]?.answer({ items: [choice('a')], next: null })
    expect(list).toMatchObject({ status: 'ready', items: [choice('a')], canLoadMore: false })
  })

  it('waits for a pause in typing before it searches', () => {
    const { list, requests } = start()
    list.search('a')
    vi.advanceTimersByTime(200)
    list.search('ac')
    vi.advanceTimersByTime(249)
    expect(requests).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(requests[1]?.search).toBe('ac')
  })

  it('aborts an older request and drops its late answer', async () => {
    const { list, requests } = start()
    list.search('b')
    vi.advanceTimersByTime(250)
    expect(requests[0]?.signal.aborted).toBe(true)
    await requests[1]?.answer({ items: [choice('b')], next: null })
    await requests[0]?.answer({ items: [choice('late')], next: null })
    expect(list.items).toEqual([choice('b')])
  })

  it('appends the next page, without what an earlier page had already', async () => {
    const { list, requests } = start()
    await requests[0]?.answer({ items: [choice('a'), choice('b')], next: 'page-2' })
    void list.loadMore()
    expect(requests[1]?.cursor).toBe('page-2')
    await requests[1]?.answer({ items: [choice('b'), choice('c')], next: null })
    expect(list.items.map(({ value }) => value)).toEqual(['a', 'b', 'c'])
  })

  it('keeps what was loaded when the next page fails, and can go on', async () => {
    const { list, requests } = start()
    await requests[0]?.answer({ items: [choice('a')], next: 'page-2' })
    void list.loadMore()
    await requests[1]?.fail(new Error('no'))
    expect(list).toMatchObject({ status: 'failed', items: [choice('a')], canLoadMore: true })
  })

  it('learns the words of a chosen value that no page holds', async () => {
    const { list, requests } = start(createSource(), 'z')
    expect(requests[0]?.ids).toEqual(['z'])
    await requests[0]?.answer({ items: [choice('a')], next: 'more', chosen: [choice('z')] })
    expect(list.choiceOf('z')).toEqual(choice('z'))
    expect(list.isMissing('z')).toBe(false)
  })

  it('knows that a chosen value is gone from the source', async () => {
    const { list, requests } = start(createSource(), 'z')
    await requests[0]?.answer({ items: [choice('a')], next: null, chosen: [] })
    expect(list.isMissing('z')).toBe(true)
  })

  it('starts again with another source, and waits without one', async () => {
    const { list, requests, source } = start()
    await requests[0]?.answer({ items: [choice('a')], next: null })
    source.value = undefined
    await nextTick()
    expect(list).toMatchObject({ status: 'waiting', items: [] })
    const other = createSource()
    source.value = other.load
    await nextTick()
    await other.requests[0]?.answer({ items: [choice('b')], next: null })
    expect(list.items).toEqual([choice('b')])
  })

  it('aborts what is under way when its owner goes', () => {
    const { requests, scope } = start()
    scope.stop()
    expect(requests[0]?.signal.aborted).toBe(true)
  })
})
