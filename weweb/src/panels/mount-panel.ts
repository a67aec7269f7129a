import { createApp, h } from 'vue'
import { readPublicData } from 'lowgate/weweb'
import AccessSettings from './AccessSettings.vue'
import ConnectionSettings from './ConnectionSettings.vue'
import { createProject, type Project, type ProjectSettings } from './project.ts'
import SiteSettings from './SiteSettings.vue'

const panels = { connections: ConnectionSettings, access: AccessSettings, site: SiteSettings }

export type PanelName = keyof typeof panels

/** As WeWeb hands them over; of a project that nobody has set up both parts may be missing. */
export type GivenSettings = Partial<ProjectSettings> | undefined

const readSettings = (given: GivenSettings): ProjectSettings => ({
  ...given,
  publicData: readPublicData(given),
})

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
  const app = createApp(() => h(panels[name], { project }))
  app.mount(element)
  return {
    update: (changed) => (project.settings = readSettings(changed)),
    close: () => app.unmount(),
  }
}
