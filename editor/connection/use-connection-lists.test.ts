import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { toDraft, type DraftAccess } from './draft.ts'
import { useConnectionLists } from './use-connection-lists.ts'

const typed: DraftAccess = {
  kind: 'typed',
  credentials: { domain: 't.auth0.com', m2mClientId: 'machine', m2mClientSecret: 'secret-1' },
}

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

/** The lists of a form with this access, and the credentials that each request brought. */
function useLists() {
  const access = ref<DraftAccess>({ kind: 'incomplete' })
  const asked: unknown[] = []
  const list = ({ body }: { body: { credentials?: unknown } }) => {
    asked.push(body.credentials)
    return new Promise(() => undefined)
  }
  scope.run(() =>
    useConnectionLists({
      connections: { client: { value: { list } }, project: { value: 'my-site' } } as never,
      environment: () => 'preview',
      access: () => access.value,
      draft: () => toDraft(undefined),
    }),
  )
  return { access, asked }
}

it('waits for a pause in typing, and not at all once the credentials are saved', async () => {
  const { access, asked } = useLists()
  access.value = typed
  await nextTick()
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(700)
  expect(asked).toEqual([typed.credentials])
  access.value = { kind: 'saved' }
  await nextTick()
  expect(asked).toEqual([typed.credentials, undefined])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toHaveLength(2)
})

it('keeps the lists while other fields change, and while a new secret is typed', async () => {
  const { access, asked } = useLists()
  access.value = { kind: 'saved' }
  await nextTick()
  access.value = { kind: 'saved' }
  await nextTick()
  access.value = typed
  await nextTick()
  expect(asked).toEqual([undefined])
})
