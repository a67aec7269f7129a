// @vitest-environment happy-dom
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import { editorPanels } from 'lowgate/contract'
import { publicSettings } from 'lowgate/contract/schemas'
import ConnectionForm from '../connection/ConnectionForm.vue'
import * as editor from '../index.ts'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { startTestProxy, type TestProxy } from '../testing/test-proxy.ts'

let proxy: TestProxy
/** The settings that the panels of the manifest have controls for, one entry a control. */
const controls: string[] = []

beforeAll(async () => {
  proxy = await startTestProxy({ listConnections: () => ({ connections: [] }) })
  const host = createTestHost(proxy.url)
  for (const { component } of editorPanels.filter(({ place }) => place === 'settings')) {
    const name = component.split('#')[1] as keyof typeof editor
    const panel = mountPanel(editor[name] as Component, { host, userGroups: [] })
    await panel.until(() => !document.querySelector('[aria-busy=true]'))
    controls.push(
      ...panel.wrapper
        // Test Utils has no type for components with a type parameter.
        .findAllComponents({ name: 'SettingField' })
        .map((field) => String(field.props('name'))),
      ...panel.wrapper.findAllComponents(ConnectionForm).map(() => 'connections'),
    )
    panel.wrapper.unmount()
  }
})
afterAll(() => proxy.close())

describe('every public setting has exactly one control', () => {
  it.each(Object.keys(publicSettings.shape))('%s', (name) => {
    expect(controls.filter((each) => each === name)).toEqual([name])
  })
})
