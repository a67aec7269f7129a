import { useEventListener } from '@vueuse/core'
import { useProjectStore } from '../data/project-store.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName))

/** Ctrl or Command with Z goes back, with Shift or Y forth; inside a text field the browser's own undo stays. */
export function useUndoKeys(): void {
  const store = useProjectStore()

  useEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) store.redo()
    else store.undo()
  })
}
