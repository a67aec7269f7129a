import { createApp, h, ref, type VNode } from 'vue'
import type { RemoteList } from 'lowgate/contract'
import { TenantPicker } from '@lowgate/editor'
import { readPublicData } from 'lowgate/weweb'
import AccessSettings from './AccessSettings.vue'
import ConnectionSettings from './ConnectionSettings.vue'
import { createProject, toEditorHost, type Project, type ProjectSettings } from './project.ts'
import SiteSettings from './SiteSettings.vue'

const panels = { connections: ConnectionSettings, access: AccessSettings, site: SiteSettings }

export type PanelName = keyof typeof panels

/** As WeWeb hands them over; of a project that nobody has set up both parts may be missing. */
export type GivenSettings = Partial<ProjectSettings> | undefined

const readSettings = (given: GivenSettings): ProjectSettings => ({
  ...given,
  publicData: readPublicData(given),
})

let islands = 0

/** An app with ids of its own: a form shows several beside each other. */
function mountIsland(element: Element, render: () => VNode): { close(): void } {
  const app = createApp(render)
  islands += 1
  app.config.idPrefix = `lowgate-${islands}`
  app.mount(element)
  return { close: () => app.unmount() }
}

/**
 * Shows a panel with a Vue of its own: the editor's is older than what the panels are written for.
 *
 * @returns How to hand over settings that changed elsewhere, and how to take the panel away.
 */
export function mountPanel(
  name: PanelName,
  element: Element,
  settings: GivenSettings,
  save: Project['save'],
): { update(settings: GivenSettings): void; close(): void } {
  const project = createProject(readSettings(settings), save)
  const island = mountIsland(element, () => h(panels[name], { project }))
  return { ...island, update: (changed) => (project.settings = readSettings(changed)) }
}

/**
 * Shows a list of the editor's tenant to choose a field's value from, once the builder has entered the proxy.
 *
 * @returns How to hand over a value that was changed elsewhere, and how to take the list away.
 */
export function mountPicker(
  { list, label, settings }: { list: RemoteList; label: string; settings: GivenSettings },
  element: Element,
  given: string | undefined,
  choose: (value: string | undefined) => void,
): { update(value: string | undefined): void; close(): void } {
  const host = toEditorHost(createProject(readSettings(settings), () => undefined))
  const value = ref(given)
  const island = mountIsland(element, () =>
    h(TenantPicker, {
      ...{ host, list, label },
      environment: 'editor',
      modelValue: value.value,
      'onUpdate:modelValue': choose,
    }),
  )
  return { ...island, update: (changed) => (value.value = changed) }
}
