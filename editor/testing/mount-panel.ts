import { mount } from '@vue/test-utils'
import { h, nextTick, type Component } from 'vue'
import { vi } from 'vitest'
import { LgRoot } from '../ui/index.ts'

/** Mounts a panel in the document, under a root as in a host, and finds its parts as a builder would: by label, name and words. */
export function mountPanel(panel: Component, props: Record<string, unknown>) {
  const UnderRoot = (given: Record<string, unknown>) => h(LgRoot, () => h(panel, given))
  const wrapper = mount(UnderRoot, { props, attachTo: document.body })
  const all = (selector: string) => [...document.body.querySelectorAll<HTMLElement>(selector)]
  const named = (element: HTMLElement) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim()

  const button = (name: string) => {
    const found = all('button').find((element) => named(element) === name)
    if (!found) throw new Error(`There is no button “${name}”.`)
    return found as HTMLButtonElement
  }
  const field = (label: string) => {
    const found = all('label').find((element) => element.textContent?.replace('*', '').trim() === label)
    const control = found && document.getElementById(found.getAttribute('for') ?? '')
    if (!control) throw new Error(`There is no field “${label}”.`)
    return control as HTMLInputElement
  }
  return {
    wrapper,
    button,
    field,
    has: (words: string) => document.body.textContent?.replace(/\s+/g, ' ').includes(words) ?? false,
    /** What is written under a field. */
    under: (label: string) =>
      document.getElementById(field(label).getAttribute('aria-describedby') ?? '')?.textContent?.trim(),
    async type(label: string, text: string) {
      const input = field(label)
      input.focus()
      input.value = text
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.blur()
      input.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
      await nextTick()
    },
    async click(name: string) {
      // Vue drops an event of the very millisecond in which its listener was added.
      await new Promise((resolve) => setTimeout(resolve, 2))
      button(name).click()
      await nextTick()
    },
    /** Waits until `check` no longer throws and answers something true. */
    until: (check: () => unknown) =>
      vi.waitFor(
        () => {
          if (!check()) throw new Error(`Still not so. The page says: ${document.body.textContent}`)
        },
        { timeout: 15_000 },
      ),
  }
}
