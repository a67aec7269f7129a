import { reactive } from 'vue'
import type { EditorHost, Environment } from 'lowgate/contract'
import type { WewebPublicData, WwPage } from 'lowgate/weweb'

/** A plugin's settings in WeWeb's editor. `privateData` is not published; Lowgate keeps nothing in it. */
export interface ProjectSettings {
  publicData: WewebPublicData
  privateData?: unknown
}

/** The project's settings, which WeWeb keeps. */
export interface Project {
  settings: ProjectSettings
  save(settings: ProjectSettings): void
}

/** @param save Hands changed settings to WeWeb. */
export function createProject(settings: ProjectSettings, save: Project['save']): Project {
  const project = reactive({
    settings,
    save(changed: ProjectSettings) {
      project.settings = changed
      save(changed)
    },
  })
  return project
}

type Change = { [K in keyof WewebPublicData]?: WewebPublicData[K] | undefined }

/** Saves the project with a part changed; one that is `undefined` is dropped. */
export function changePublicData(project: Project, change: Change): void {
  const entries = Object.entries({ ...project.settings.publicData, ...change })
  const publicData = Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown
  project.save({ ...project.settings, publicData: publicData as WewebPublicData })
}

/** A path as Lowgate's panels read it. */
const toPath = ({ paths }: WwPage) => `/${(paths['default'] ?? '').replace(/{{([^|}]+)\|[^}]*}}/g, ':$1')}`

export const toPages = () =>
  wwLib.wwWebsiteData
    .getPages()
    .map((page) => ({ id: page.id, name: page.name ?? page.id, path: toPath(page) }))

/** The builder enters the proxy's address and token in the panel: WeWeb has no server that could add them. */
export const toEditorHost = (project: Project): EditorHost => ({
  projectId: wwLib.wwWebsiteData.getInfo().id,
  pages: toPages(),
  sites: project.settings.publicData.sites ?? {},
  settings: project.settings.publicData.settings,
  saveSettings: async (settings) => changePublicData(project, { settings }),
})

/** What Auth0's three lists must hold for an environment: the landing in each language, and the site's origin. */
export function toAllowedAddresses(
  { sites, landingPageId }: WewebPublicData,
  environment: Environment,
): string[] {
  const site = sites?.[environment]
  const { homePageId, langs } = wwLib.wwWebsiteData.getInfo()
  if (!site) return []
  const landing = wwLib.wwWebsiteData.getPages().find(({ id }) => id === landingPageId)
  return langs.map(
    ({ lang }) =>
      site.origin +
      site.basePath.replace(/\/$/, '') +
      wwLib.wwPageHelper.getPagePath(landing?.id ?? homePageId, lang),
  )
}
