// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { nextTick, ref } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import { mountPanel } from '../testing/mount-panel.ts'
import LgCombobox from './LgCombobox.vue'
import { useRemoteList, type ListAnswer, type ListRequest } from './use-remote-list.ts'

enableAutoUnmount(afterEach)

const choice = (value: string) => ({ value, label: `The ${value}` })
const options = () =>
  [...document.querySelectorAll<HTMLElement>('[role=option]')].map((one) => one.textContent?.trim())

function open(answer: (request: ListRequest) => ListAnswer | Promise<ListAnswer>, value?: string) {
  const model = ref<string | undefined>(value)
  const list = useRemoteList(() => async (request) => answer(request), {
    debounce: 10,
    chosen: () => model.value,
  })
  const panel = mountPanel(LgCombobox, {
    list,
    allowTyped: true,
    'aria-label': 'Application',
    modelValue: model.value,
    'onUpdate:modelValue': (chosen: string | undefined) => {
      model.value = chosen
      void panel.wrapper.setProps({ modelValue: chosen })
    },
  })
  const input = () => document.querySelector<HTMLInputElement>('[role=combobox]') ?? expect.fail('no input')
  const press = async (key: string) => {
    input().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await nextTick()
  }
  const type = async (text: string) => {
    input().focus()
    input().value = text
    input().dispatchEvent(new Event('input', { bubbles: true }))
    await nextTick()
  }
  const highlighted = () => document.querySelector('[data-highlighted]')?.textContent?.trim()
  return { ...panel, model, input, press, type, highlighted }
}

const all = ['apple', 'pear', 'plum'].map(choice)
const search = ({ search }: ListRequest): ListAnswer => ({
  items: all.filter(({ label }) => label.includes(search)),
  next: null,
})

describe('a combobox', () => {
  it('shows the words of what is chosen, even when no page holds it', async () => {
    const box = open(({ ids }) => ({ items: all, next: null, chosen: ids.map(choice) }), 'kiwi')
    await box.until(() => box.input().value === 'The kiwi')
    await box.press('ArrowDown')
    await box.until(() => options().includes('The kiwi'))
  })

  it('picks the first of what was found with Enter', async () => {
    const box = open(search)
    await box.type('plu')
    await box.until(() => box.highlighted() === 'The plum')
    await box.press('Enter')
    expect(box.model.value).toBe('plum')
  })

  it('never picks a choice that does not fit the words while an answer is awaited', async () => {
    const box = open((request) => (request.search ? new Promise(() => undefined) : search(request)))
    await box.press('ArrowDown')
    await box.until(() => options().length === 3)
    await box.type('plu')
    expect(options()).toEqual(['The plum'])
    await box.type('plus')
    expect(options()).toEqual([])
    await box.press('Enter')
    expect(box.model.value).toBeUndefined()
  })

  it('takes what was typed when nothing is found and that is allowed', async () => {
    const box = open(search)
    await box.type('fig')
    await box.until(() => box.highlighted() === 'Use “fig”')
    await box.press('Enter')
    expect(box.model.value).toBe('fig')
  })

  it('goes on at the first new choice after loading more', async () => {
    const box = open(({ cursor }) =>
      cursor ? { items: [choice('plum')], next: null } : { items: all.slice(0, 2), next: 'more' },
    )
    await box.press('ArrowDown')
    await box.until(() => options().includes('Load more'))
    const more = [...document.querySelectorAll<HTMLElement>('[role=option]')].at(-1)
    more?.click()
    await box.until(() => box.highlighted() === 'The plum')
    expect(box.model.value).toBeUndefined()
  })

  it('replaces what is chosen by what is typed, and points to no choice once it is closed', async () => {
    const box = open(search, 'pear')
    await box.until(() => box.input().value === 'The pear')
    box.input().focus()
    await box.press('ArrowDown')
    await box.until(() => box.highlighted() === 'The pear')
    expect(box.input().selectionStart).toBe(0)
    expect(box.input().selectionEnd).toBe('The pear'.length)
    await box.press('Enter')
    await box.until(() => !options().length)
    expect(box.input().hasAttribute('aria-activedescendant')).toBe(false)
  })

  it('shows markup in a name as text', async () => {
    const box = open(() => ({ items: [{ value: 'x', label: '<img src=x onerror=alert(1)>' }], next: null }))
    await box.press('ArrowDown')
    await box.until(() => options().includes('<img src=x onerror=alert(1)>'))
    expect(document.querySelector('img')).toBeNull()
  })
})
