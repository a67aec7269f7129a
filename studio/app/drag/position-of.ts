/** Where something is in its list now, in words: `position 2 of 3, in Conditional block`. */
export function positionOf(kind: 'block' | 'step', id: string): string {
  const item = document.querySelector(`[data-${kind}="${CSS.escape(id)}"]`)
  const list = item?.parentElement
  if (!item || !list) return ''
  const index = [...list.children].indexOf(item)
  const name = list.getAttribute('aria-label')
  return `position ${index + 1} of ${list.children.length}${name ? ` in ${name}` : ''}`
}
