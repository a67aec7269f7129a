import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Clock } from '../tenant/clock.ts'

const timeFields = ['iat', 'exp', 'iiat', 'loginTs', 'authTime', 'consumed'] as const

interface Entry {
  model: string
  id: string
  payload: AdapterPayload
}

export interface OidcStoreOptions {
  clock: Clock
  findClient: (id: string) => AdapterPayload | undefined
  /** Seconds a refresh token of the application may be used again after its first use. */
  leewayOf: (clientId: string) => number
}

/** Everything oidc-provider remembers, in memory, with times in the tenant's own clock. */
export interface OidcStore {
  adapter(model: string): Adapter
  /** The entries of a model that have not expired, in the tenant's time. */
  list(model: string): AdapterPayload[]
  /** Forgets the entries of a model that match, and answers how many there were. */
  remove(model: string, matches: (payload: AdapterPayload) => boolean): number
}

/**
 * oidc-provider reads the machine's clock. Times are moved to the tenant's clock when they are stored and back
 * when they are read, so that everything stored before `clock.shift(3600)` is an hour older after it.
 */
export function createOidcStore({ clock, findClient, leewayOf }: OidcStoreOptions): OidcStore {
  const entries = new Map<string, Entry>()
  const keyOf = (model: string, id: string) => `${model}:${id}`

  function present(entry: Entry | undefined): AdapterPayload | undefined {
    if (!entry) return undefined
    const payload = moveTimes(entry.payload, -clock.offset)
    const { consumed, clientId = '' } = entry.payload
    const reusable = entry.model === 'RefreshToken' && clock.now() - Number(consumed) < leewayOf(clientId)
    if (reusable) delete payload.consumed
    return payload
  }

  function remove(model: string, matches: (payload: AdapterPayload) => boolean): number {
    const found = [...entries].filter(([, entry]) => entry.model === model && matches(entry.payload))
    for (const [key] of found) entries.delete(key)
    return found.length
  }

  function dropExpired() {
    for (const [key, { payload }] of entries)
      if ((payload.exp ?? Infinity) <= clock.now()) entries.delete(key)
  }

  function list(model: string): AdapterPayload[] {
    dropExpired()
    return [...entries.values()]
      .filter((entry) => entry.model === model)
      .map(({ payload }) => ({ ...payload }))
  }

  return {
    remove,
    list,
    adapter: (model) => ({
      find: async (id) => (model === 'Client' ? findClient(id) : present(entries.get(keyOf(model, id)))),
      findByUid: async (uid) =>
        present([...entries.values()].find((entry) => entry.model === model && entry.payload.uid === uid)),
      findByUserCode: async () => undefined,
      upsert: async (id, payload) => {
        if (entries.size > 5_000) dropExpired()
        entries.set(keyOf(model, id), { model, id, payload: moveTimes(payload, clock.offset) })
      },
      consume: async (id) => {
        const entry = entries.get(keyOf(model, id))
        if (entry) entry.payload.consumed = clock.now()
      },
      destroy: async (id) => void entries.delete(keyOf(model, id)),
      revokeByGrantId: async (grantId) => void remove(model, (payload) => payload.grantId === grantId),
    }),
  }
}

function moveTimes(payload: AdapterPayload, seconds: number): AdapterPayload {
  const moved: AdapterPayload = { ...payload }
  for (const field of timeFields) {
    if (typeof moved[field] === 'number') moved[field] += seconds
  }
  return moved
}
