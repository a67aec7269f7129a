import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { isHostingFile } from '../project/hosting.ts'
import { caching } from './caching.ts'
import { findProject } from './guards.ts'
import { messagePage, noSuchProject } from './message-page.ts'
import { isPageOf } from './preview-site.ts'
import type { ProjectStore } from './project-store.ts'
import { sendSiteHeaders } from './security-headers.ts'
import { versionFolder } from './site-folders.ts'

export interface ProductionSiteOptions {
  store: ProjectStore
  sitesFolder: string
  /** Where it listens; known then. */
  port(): number
}

/** The production site: the files of each project's live version, as any static host would serve them. */
export function createProductionSite({ store, sitesFolder, port }: ProductionSiteOptions) {
  const app = new Hono<{ Variables: { projectId: string; version: number; folder: string } }>()
  app.use(sendSiteHeaders, findProject(port), caching, compress())
  app.use('*', async (context, next) => {
    const projectId = context.get('projectId')
    const version = await store.liveVersion(projectId)
    if (version === undefined) return noSuchProject(context)
    if (version === null)
      return messagePage(
        context,
        404,
        'Nothing is published yet',
        'Open the studio and choose “Publish”. The site will then be at this address.',
      )
    context.set('folder', versionFolder('', projectId, version))
    context.set('version', version)
    return next()
  })
  const files: MiddlewareHandler = serveStatic({
    root: sitesFolder,
    rewriteRequestPath: (_, context) => join('/', context.get('folder'), context.req.path),
  })
  app.use('*', (context, next) => (isHostingFile(context.req.path) ? next() : files(context, next)))
  app.get('*', async (context) => {
    const live = await store.readVersion(context.get('projectId'), context.get('version'))
    const html = await readFile(join(sitesFolder, context.get('folder'), '404.html'), 'utf8')
    return context.html(html, live && isPageOf(live, context.req.path) ? 200 : 404)
  })
  return app
}
