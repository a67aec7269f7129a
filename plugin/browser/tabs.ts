import { sharedStore } from './storage.ts'

/** After `login` there are newer tokens, of whomever they are. */
export type TabMessage = 'login' | 'logout' | 'session-expired'

export interface Tabs {
  tell(message: TabMessage): void
  close(): void
}

/**
 * Tells the other tabs of this site what happened to the session, and hears of it. Without BroadcastChannel it
 * goes through localStorage, whose changes only the other tabs see.
 */
export function followTabs(name: string, hear: (message: TabMessage) => void): Tabs {
  if (typeof BroadcastChannel === 'function') {
    const channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => hear(data)
    return { tell: (message) => channel.postMessage(message), close: () => channel.close() }
  }
  const listener = ({ key, newValue }: StorageEvent) => {
    if (key === name && newValue) hear(newValue.split(' ')[0] as TabMessage)
  }
  addEventListener('storage', listener)
  return {
    tell: (message) => void sharedStore.set(name, `${message} ${Date.now()}`),
    close: () => removeEventListener('storage', listener),
  }
}

/**
 * Looks after a page that the browser keeps when it is left, and shows again as it was when the visitor goes back:
 * it has missed every login and logout since, and nothing of it may be seen before that is made up for.
 *
 * @param mustHide Whether the visitor may no longer see the page on show.
 * @see https://web.dev/articles/bfcache#update-stale-data
 */
export function followKeptPage(mustHide: () => boolean, catchUp: () => Promise<void>): { close(): void } {
  const { style } = document.documentElement
  const listener = ({ type, persisted }: PageTransitionEvent) => {
    if (!persisted) return
    if (type === 'pageshow') void catchUp().finally(() => (style.visibility = ''))
    else if (mustHide()) style.visibility = 'hidden'
  }
  addEventListener('pagehide', listener)
  addEventListener('pageshow', listener)
  return {
    close() {
      removeEventListener('pagehide', listener)
      removeEventListener('pageshow', listener)
    },
  }
}
