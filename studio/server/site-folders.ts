import { join } from 'node:path'
import type { SiteAddress } from 'lowgate/contract'
import { firstProject } from '../project/first-project.ts'

/** The base path of a project's sites: the first project has the root, others stand beside it. */
export const basePathOf = (projectId: string): string =>
  projectId === firstProject.id ? '/' : `/~${projectId}/`

/** The project that an address of a site belongs to, and the rest of the path, which starts with a slash. */
export function splitPath(path: string): { projectId: string; rest: string } {
  const match = /^\/~([a-z0-9][a-z0-9-]*)(?:\/(.*))?$/.exec(path)
  return match?.[1]
    ? { projectId: match[1], rest: `/${match[2] ?? ''}` }
    : { projectId: firstProject.id, rest: path }
}

export type SiteOrigins = Record<'preview' | 'production', string>

/** Where a project's sites are: what Auth0's lists of allowed addresses must hold. */
export const sitesOf = (projectId: string, origins: SiteOrigins): Record<keyof SiteOrigins, SiteAddress> => ({
  preview: { origin: origins.preview, basePath: basePathOf(projectId) },
  production: { origin: origins.production, basePath: basePathOf(projectId) },
})

export const versionFolder = (sitesFolder: string, projectId: string, version: number): string =>
  join(sitesFolder, projectId, String(version))
