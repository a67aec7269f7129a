import type { RuntimeHost } from '../../contract/index.ts'
import { toName } from './probe.ts'

/** Texts that the browser keeps. Where it refuses its storage, nothing is kept and nothing is found. */
export interface Store {
  get(name: string): string | undefined
  /** Answers what the browser refused it with, if it did. */
  set(name: string, text: string): unknown
  remove(name: string): void
  /** The names that begin with `prefix`, without it. */
  list(prefix: string): string[]
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

/** @param open Reading `localStorage` itself throws where site data is turned off. */
const createStore = (open: () => Storage): Store => ({
  get: (name) => attempt(() => open().getItem(name)) ?? undefined,
  set(name, text) {
    try {
      return open().setItem(name, text)
    } catch (refusal) {
      return refusal
    }
  },
  remove: (name) => attempt(() => open().removeItem(name)),
  list: (prefix) =>
    (attempt(() => Object.keys(open())) ?? [])
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length)),
})

/** What all tabs of the origin share, and keep when they are closed. */
export const sharedStore = createStore(() => localStorage)

/** What one tab keeps until it is closed. */
export const tabStore = createStore(() => sessionStorage)

/** What was kept as JSON; the unreadable counts as absent. */
export const readJson = <T>(store: Store, name: string): T | undefined =>
  attempt(() => JSON.parse(store.get(name) ?? 'null') as T | null) ?? undefined

type Purpose = 'after-login' | 'after-logout'
type Host = Pick<RuntimeHost, 'site'>

/** Where the visitor goes on. */
export interface KeptTarget {
  address: string
  /** The organization to log in to on the way. */
  organization?: string | undefined
}

/**
 * Keeps an address of this site in the tab, since Auth0 only ever returns to the fixed ones. Without storage the way
 * back leads home.
 */
export const keepTarget = ({ site }: Host, purpose: Purpose, target: KeptTarget): void =>
  void tabStore.set(toName(site, purpose), JSON.stringify(target))

export const readKeptTarget = ({ site }: Host, purpose: Purpose): KeptTarget | undefined =>
  readJson(tabStore, toName(site, purpose))

export const dropKeptTarget = ({ site }: Host, purpose: Purpose): void =>
  tabStore.remove(toName(site, purpose))
