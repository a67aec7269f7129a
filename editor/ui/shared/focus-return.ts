import { watch, type Ref } from 'vue'

/**
 * Where the focus goes when a dialog closes: to what had it before, or to the button of the menu that it was opened
 * from. @returns a listener for the dialog's `closeAutoFocus`
 */
export function useFocusReturn(open: Ref<boolean>): (event: Event) => void {
  let opener: HTMLElement | undefined
  watch(
    open,
    (isOpen) => {
      if (!isOpen || !(document.activeElement instanceof HTMLElement)) return
      const menu = document.activeElement.closest('[role=menu]')
      const button = document.getElementById(menu?.getAttribute('aria-labelledby') ?? '')
      opener = button ?? document.activeElement
    },
    // The menu is still there only before anything is drawn.
    { immediate: true, flush: 'sync' },
  )
  return (event) => {
    if (!opener?.isConnected) return
    event.preventDefault()
    opener.focus()
  }
}
