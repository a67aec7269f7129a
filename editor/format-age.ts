/** How long ago a moment in ISO 8601 was, in words, such as "2 minutes ago". */
export function formatAge(moment: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(moment)) / 1000))
  if (seconds < 60) return 'just now'
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
  if (seconds < 3600) return words.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return words.format(-Math.floor(seconds / 3600), 'hour')
  return words.format(-Math.floor(seconds / 86_400), 'day')
}
