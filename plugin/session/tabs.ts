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
    tell(message) {
      try {
        localStorage.setItem(name, `${message} ${Date.now()}`)
      } catch {
        // Without storage nothing is shared that the other tabs could miss.
      }
    },
    close: () => removeEventListener('storage', listener),
  }
}
