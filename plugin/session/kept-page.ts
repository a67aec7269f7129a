/**
 * Looks after a page that the browser keeps when it is left, and shows again as it was when the visitor goes back:
 * it has missed every login and logout since, and nothing of it may be seen before that is made up for.
 *
 * @param mustHide Whether the visitor may no longer see the page on show.
 * @see https://web.dev/articles/bfcache#update-stale-data
 */
export function followKeptPage(mustHide: () => boolean, shownAgain: () => Promise<void>): { close(): void } {
  const { style } = document.documentElement
  const listener = ({ type, persisted }: PageTransitionEvent) => {
    if (!persisted) return
    if (type === 'pageshow') void shownAgain().finally(() => (style.visibility = ''))
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
