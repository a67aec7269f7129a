import { serveStatic } from '@hono/node-server/serve-static'
import { callbackPath, loggedOutPath } from 'lowgate/contract'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { splitLanguage } from '../project/languages.ts'
import { pageAt } from '../project/page-paths.ts'
import { guardedContent, toPublicSite } from '../project/public-site.ts'
import type { Project } from '../project/schema.ts'
import { caching } from './caching.ts'
import { findProject } from './guards.ts'
import { noSuchProject } from './message-page.ts'
import type { ProjectStore } from './project-store.ts'
import { readRuntimeBuild } from './runtime-build.ts'
import { sendSiteHeaders } from './security-headers.ts'
import { toSitePage } from './site-page.ts'

/** Whether a site answers this path with a page rather than with "not found". */
export const isPageOf = ({ pages, languages }: Pick<Project, 'pages' | 'languages'>, path: string): boolean =>
  path === callbackPath ||
  path === loggedOutPath ||
  splitLanguage(path, languages).path === '/' ||
  pageAt(pages, splitLanguage(path, languages).path) !== undefined

export interface PreviewSiteOptions {
  store: ProjectStore
  runtimeFolder: string
  /** Where the studio is; known once it listens. */
  studioUrl(): string
  /** Where it listens itself; known then. */
  port(): number
}

/** The preview site: the current draft of each project, with the preview environment's connection. */
export function createPreviewSite({ store, runtimeFolder, studioUrl, port }: PreviewSiteOptions) {
  const app = new Hono<{ Variables: { projectId: string } }>()
  app.use(sendSiteHeaders, findProject(port), caching, compress())
  app.use(
    '*',
    serveStatic({
      root: runtimeFolder,
      // Only the runtime's assets are files here; an unknown one is not a page.
      rewriteRequestPath: (path) => (path.startsWith('/assets/') ? path : '/no-such-file'),
    }),
  )
  app.get('*', async (context) => {
    const { path } = context.req
    const saved = await store.read(context.get('projectId'))
    if (!saved) return noSuchProject(context)
    const content = guardedContent(saved.project).get(path.slice(1))
    if (content) return context.json(content)
    const site = {
      ...toPublicSite(saved.project, { environment: 'preview', basePath: '/' }),
      studioUrl: studioUrl(),
    }
    return context.html(
      toSitePage(await readRuntimeBuild(runtimeFolder), site),
      isPageOf(saved.project, path) ? 200 : 404,
    )
  })
  return app
}
