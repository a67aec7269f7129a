// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { mountPanel } from '../testing/mount-panel.ts'
import { describeAccess } from './describe-access.ts'
import PageAccess from './PageAccess.vue'

enableAutoUnmount(afterEach)

it('asks for a second factor beside the other rules, and no longer when it is turned off', async () => {
  const kept: unknown[] = []
  const panel = mountPanel(PageAccess, {
    userGroups: [],
    modelValue: { permissions: ['read:orders'], maxLoginAge: 120 },
    'onUpdate:modelValue': (access: unknown) => {
      kept.push(access)
      return panel.wrapper.setProps({ modelValue: access })
    },
  })
  panel.field('Second factor').click()
  await panel.until(() => kept.length === 1)
  panel.field('Second factor').click()
  await panel.until(() => kept.length === 2)
  const before = { permissions: ['read:orders'], maxLoginAge: 120 }
  expect(kept).toEqual([{ ...before, secondFactor: true }, before])
})

it('names a second factor and a recent login in the summary', () => {
  expect(describeAccess({ secondFactor: true, maxLoginAge: 300 }, [])).toBe('second factor, recent login')
})
