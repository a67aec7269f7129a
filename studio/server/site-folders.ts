import { join } from 'node:path'
import type { SiteAddress } from 'lowgate/contract'

export type SitePorts = Record<'preview' | 'production', number>

/**
 * The origin of a project's site on this machine, one for each project: browsers keep what it stores, and who is logged
 * in there, from every other. They resolve `*.localhost` by themselves.
 */
export const siteOrigin = (projectId: string, port: number): string =>
  new URL(`http://${projectId}.localhost:${port}`).origin

/** Where a project's sites are: what Auth0's lists of allowed addresses must hold. */
export const sitesOf = (projectId: string, ports: SitePorts): Record<keyof SitePorts, SiteAddress> => ({
  preview: { origin: siteOrigin(projectId, ports.preview), basePath: '/' },
  production: { origin: siteOrigin(projectId, ports.production), basePath: '/' },
})

export const versionFolder = (sitesFolder: string, projectId: string, version: number): string =>
  join(sitesFolder, projectId, String(version))
