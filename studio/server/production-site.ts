import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { caching } from './caching.ts'
import { messagePage, noSuchProject } from './message-page.ts'
import { isPageOf } from './preview-site.ts'
import type { ProjectStore } from './project-store.ts'
import { siteHeaders } from './security-headers.ts'
import { splitPath, versionFolder } from './site-folders.ts'

/** The production site: the files of each project's live version, as any static host would serve them. */
export function createProductionSite({ store, sitesFolder }: { store: ProjectStore; sitesFolder: string }) {
  const app = new Hono<{ Variables: { version: number; folder: string; rest: string } }>()
  app.use(siteHeaders, caching, compress())
  app.use('*', async (context, next) => {
    const { projectId, rest } = splitPath(context.req.path)
    const version = await store.liveVersion(projectId)
    if (version === undefined) return noSuchProject(context)
    if (version === null)
      return messagePage(
        context,
        404,
        'Nothing is published yet',
        'Open the studio and choose “Publish”: the site then stands at this address.',
      )
    context.set('folder', versionFolder('', projectId, version))
    context.set('version', version)
    context.set('rest', rest)
    return next()
  })
  app.use(
    '*',
    serveStatic({
      root: sitesFolder,
      rewriteRequestPath: (_, context) => join('/', context.get('folder'), context.get('rest')),
    }),
  )
  app.get('*', async (context) => {
    const { projectId, rest } = splitPath(context.req.path)
    const live = await store.readVersion(projectId, context.get('version'))
    const html = await readFile(join(sitesFolder, context.get('folder'), '404.html'), 'utf8')
    return context.html(html, live && isPageOf(live, rest) ? 200 : 404)
  })
  return app
}
