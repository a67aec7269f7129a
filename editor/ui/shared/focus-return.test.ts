// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { LgConfirm } from '../index.ts'

enableAutoUnmount(afterEach)

/** A page whose button asks before it does something, after which the button is as `after` says. */
const openPage = (after: 'the same' | 'gone' | 'off') =>
  mount(
    defineComponent(() => {
      const isOpen = ref(false)
      const isDone = ref(false)
      return () =>
        h('main', [
          after === 'gone' && isDone.value
            ? undefined
            : h('button', {
                id: 'opener',
                disabled: after === 'off' && isDone.value,
                onClick: () => (isOpen.value = true),
              }),
          h(LgConfirm, {
            title: 'Delete it?',
            action: 'Delete',
            open: isOpen.value,
            'onUpdate:open': (open: boolean) => (isOpen.value = open),
            onConfirm: () => {
              isDone.value = true
              isOpen.value = false
            },
          }),
        ])
    }),
    { attachTo: document.body },
  )

it.each([
  ['the same', 'BUTTON'],
  ['gone', 'MAIN'],
  ['off', 'MAIN'],
] as const)('leads on from there when the control that opened a dialog is %s', async (after, tag) => {
  const page = openPage(after)
  const opener = page.get<HTMLButtonElement>('#opener')
  opener.element.focus()
  await opener.trigger('click')
  await expect.poll(() => document.querySelector('[role=alertdialog]')).toBeTruthy()
  const confirm = [...document.querySelectorAll('button')].find(({ textContent }) =>
    textContent?.includes('Delete'),
  )
  confirm?.click()
  await expect.poll(() => document.activeElement?.tagName).toBe(tag)
})
