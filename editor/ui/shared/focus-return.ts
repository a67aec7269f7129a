import { watch, type Ref } from 'vue'

/** What a keyboard leads on from when the control that stood there is gone. */
const surroundings = 'section, nav, aside, main'

/**
 * Where the focus goes when a dialog closes: to what had it before, or to the button of the menu that it was opened
 * from; to what surrounds that where it is gone or switched off. @returns a listener for the dialog's `closeAutoFocus`
 */
export function useFocusReturn(open: Ref<boolean>): (event: Event) => void {
  let opener: HTMLElement | undefined
  let around: HTMLElement[] = []
  watch(
    open,
    (isOpen) => {
      if (!isOpen || !(document.activeElement instanceof HTMLElement)) return
      const menu = document.activeElement.closest('[role=menu]')
      const button = document.getElementById(menu?.getAttribute('aria-labelledby') ?? '')
      const found = button ?? document.activeElement
      opener = found
      around = [...document.querySelectorAll<HTMLElement>(surroundings)].filter((one) => one.contains(found))
    },
    // The menu is still there only before anything is drawn.
    { immediate: true, flush: 'sync' },
  )
  return (event) => {
    if (opener?.isConnected && !opener.matches(':disabled')) return focus(opener, event)
    const nearest = around.findLast((one) => one.isConnected)
    if (!nearest) return
    nearest.tabIndex = -1
    focus(nearest, event)
  }
}

function focus(target: HTMLElement, closing: Event): void {
  closing.preventDefault()
  target.focus()
}
