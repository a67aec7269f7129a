import { environmentInForce, type Environment, type Guard, type PublicSettings } from 'lowgate/contract'
import { toGuard } from './guards.ts'
import type { Page, Project, UserGroup, Workflow } from './schema.ts'

/** A page as visitors get it: its access in the words of the plugin. */
export type PublicPage = Omit<Page, 'access'> & { guard: Guard }

/** All that a site in a visitor's browser is made from. It stands as JSON in each of its pages. */
export interface PublicSite {
  projectId: string
  name: string
  environment: Environment
  /** Starts and ends with a slash. */
  basePath: string
  languages: string[]
  homePageId: string
  pages: PublicPage[]
  userGroups: UserGroup[]
  workflows: Workflow[]
  settings: PublicSettings
  /** The studio that a preview belongs to, for its tools; absent from published sites. */
  studioUrl?: string
}

/** The settings with no more connections than the site can ever use. */
function settingsFor(settings: PublicSettings, environment: Environment): PublicSettings {
  const possible = [environment, ...Object.values(settings.origins ?? {})]
  const inForce = possible.map((name) =>
    environmentInForce(name, (each) => Boolean(settings.connections[each])),
  )
  const connections = Object.fromEntries(
    Object.entries(settings.connections).filter(([name]) => inForce.includes(name as Environment)),
  )
  return { ...settings, connections }
}

/** What may be published of a project, for one environment. */
export const toPublicSite = (
  project: Project,
  { environment, basePath }: Pick<PublicSite, 'environment' | 'basePath'>,
): PublicSite => ({
  projectId: project.id,
  name: project.name,
  environment,
  basePath,
  languages: project.languages,
  homePageId: project.homePageId,
  pages: project.pages.map(({ access, ...page }) => ({
    ...page,
    guard: toGuard(access, project.userGroups),
  })),
  userGroups: project.userGroups,
  workflows: project.workflows,
  settings: settingsFor(project.settings, environment),
})
