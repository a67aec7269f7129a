import { reactive } from 'vue'
import { joinBasePath, type EditorHost, type SiteAddress } from 'lowgate/contract'
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
  sites: toSites(project.settings.publicData),
  settings: project.settings.publicData.settings,
  saveSettings: async (settings) => changePublicData(project, { settings }),
})

/** The path of a page by WeWeb, whose editor may know none and name the page’s id instead. */
function findPath(pageId: string, page: WwPage | undefined, language: string): string | undefined {
  const namesId = (path: string) => path.split('/').includes(pageId)
  try {
    const path: unknown = wwLib.wwPageHelper.getPagePath(pageId, language)
    if (typeof path !== 'string') return undefined
    return namesId(path) && !Object.values(page?.paths ?? {}).some(namesId) ? undefined : path
  } catch {
    return undefined
  }
}

/** Where Auth0 sends visitors of a site back to: the landing page in each language. One that WeWeb cannot tell has no path. */
export function toLandings({ landingPageId }: WewebPublicData, { basePath }: SiteAddress) {
  const { homePageId, langs } = wwLib.wwWebsiteData.getInfo()
  const pages = wwLib.wwWebsiteData.getPages()
  const page = [landingPageId, homePageId].flatMap((id) => pages.find((page) => page.id === id) ?? [])[0]
  return langs.map(({ lang }) => {
    const path = findPath(page?.id ?? homePageId, page, lang)
    return { language: lang, path: path && joinBasePath(basePath, path) }
  })
}

/** The project's sites, as the panels check them. One without a known landing is left out: WeWeb has no page `/callback`. */
const toSites = (publicData: WewebPublicData): EditorHost['sites'] =>
  Object.fromEntries(
    Object.entries(publicData.sites ?? {}).flatMap(([environment, site]) => {
      const landings = toLandings(publicData, site).flatMap(({ path }) => path ?? [])
      return landings.length ? [[environment, { ...site, landings }]] : []
    }),
  )
