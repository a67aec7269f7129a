// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { reactive } from 'vue'
import type { Block } from '../../project/schema.ts'
import { blockHostKey, type Answer, type BlockHost } from './block-host.ts'
import DataBlock from './DataBlock.vue'

const values = { url: 'https://api.acme.example/orders', row: '{{ item.title }}' }
const block: Block = { id: 'orders', type: 'data', values }

it('never shows one visitor what was asked for another, however late it comes', async () => {
  const auth = reactive({ user: { sub: 'ada' } })
  const answers: ((answer: Answer) => void)[] = []
  const host = {
    scope: () => ({ auth }),
    load: () => new Promise((resolve) => answers.push(resolve)),
  } as unknown as BlockHost
  const wrapper = mount(DataBlock, {
    props: { block, values },
    global: { provide: { [blockHostKey as symbol]: host } },
  })
  auth.user = { sub: 'ben' }
  await flushPromises()
  expect(answers).toHaveLength(2)
  answers[1]?.({ state: 'there', value: [{ title: 'An order of Ben' }] })
  await flushPromises()
  answers[0]?.({ state: 'there', value: [{ title: 'An order of Ada' }] })
  await flushPromises()
  expect(wrapper.text()).toBe('An order of Ben')
})
