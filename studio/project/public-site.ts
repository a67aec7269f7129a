import {
  environmentInForce,
  toGuard,
  type Environment,
  type Guard,
  type PublicSettings,
  type UserGroup,
} from 'lowgate/contract'
import { apiOrigins } from './api-origins.ts'
import type { Block, Page, Project, Workflow } from './schema.ts'
import { blocksIn } from './walk.ts'

/** The blocks of a page, and the workflows that start there. */
export interface PageContent {
  blocks: Block[]
  workflows: Workflow[]
}

/** A page as visitors get it: its access in the words of the plugin. */
export type PublicPage = Omit<Page, 'access' | 'blocks'> & {
  guard: Guard
  /** Absent where not everybody is let in: it is a file of its own then, asked for once the guard has allowed it. */
  content?: PageContent
}

/** What a site in a visitor's browser starts from. Each of its pages contains it as JSON. */
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
  /** Those that the session's events start. */
  workflows: Workflow[]
  /** The APIs that it calls, and those among them that get access tokens. */
  apiOrigins: string[]
  tokenOrigins: string[]
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

function contentOf({ workflows }: Project, { id, blocks }: Pick<Page, 'id' | 'blocks'>): PageContent {
  const starters = new Set([id, ...[...blocksIn(blocks)].map((block) => block.id)])
  const startsHere = ({ trigger }: Workflow) =>
    trigger.type !== 'session' && starters.has(trigger.type === 'click' ? trigger.blockId : trigger.pageId)
  return { blocks, workflows: workflows.filter(startsHere) }
}

/** Where the content of a guarded page is, below the site's base path. */
export const contentFile = (pageId: string): string => `pages/${pageId}.json`

/** The content of each guarded page by its file. */
export const guardedContent = (project: Project): Map<string, PageContent> =>
  new Map(
    project.pages
      .filter(({ access }) => access !== 'everyone')
      .map((page) => [contentFile(page.id), contentOf(project, page)]),
  )

/** What may be published of a project, for one environment; the content of guarded pages comes beside it. */
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
  pages: project.pages.map((page) => {
    const { access, blocks, ...rest } = page
    return {
      ...rest,
      guard: toGuard(access, project.userGroups),
      ...(access === 'everyone' && { content: contentOf(project, { id: page.id, blocks }) }),
    }
  }),
  userGroups: project.userGroups,
  workflows: project.workflows.filter(({ trigger }) => trigger.type === 'session'),
  apiOrigins: apiOrigins(project),
  tokenOrigins: apiOrigins(project, { withToken: true }),
  settings: settingsFor(project.settings, environment),
})
