import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { createAccess } from './access.ts'
import { problem } from './answers.ts'
import { caching } from './caching.ts'
import { forwardToProxy, type ProxyAddress } from './forward-to-proxy.ts'
import { requireEditor, requireOwnHost } from './guards.ts'
import { logError } from './log-error.ts'
import { createProjectRoutes } from './project-routes.ts'
import type { Publisher } from './publish.ts'
import { studioHeaders } from './security-headers.ts'
import type { SessionOptions } from './sessions.ts'
import type { SitePorts } from './site-folders.ts'

/** Bytes of the longest project, as JSON. */
const largestProject = 4 * 1024 * 1024

const tooLarge = (context: Context): Response =>
  context.json(problem('too_large', 'This is more than the studio takes.', 'Make it smaller than 4 MB.'), 413)

export interface StudioServerOptions extends Publisher, SessionOptions {
  sitePorts: SitePorts
  proxy: ProxyAddress
  /** The built studio app. */
  appFolder: string
}

/** The studio: its app's files, its own API under `/api`, and the backend proxy under `/api/proxy`. */
export function createStudioServer({
  proxy,
  appFolder,
  dataDir,
  password,
  publicUrl,
  ...projects
}: StudioServerOptions): Hono {
  const app = new Hono()
  app.onError((error, context) => {
    const failed = problem(
      'failed',
      'The studio’s server could not do this.',
      'Try again; the operator finds why in its log.',
    )
    logError(error, failed)
    return context.json(failed, 500)
  })
  const { enter, requireSession, routes } = createAccess({ dataDir, password, publicUrl })
  app.use(requireOwnHost(publicUrl), studioHeaders, caching, compress())
  app.use('/api/*', requireEditor(publicUrl), bodyLimit({ maxSize: largestProject, onError: tooLarge }))
  app.route('/api/session', routes)
  app.use('/api/*', requireSession)
  app.all('/api/proxy/*', forwardToProxy('/api/proxy', proxy))
  app.route('/api/projects', createProjectRoutes({ ...projects, proxy }))
  app.all('/api/*', (context) =>
    context.json(problem('not_found', 'There is nothing here.', 'Load the studio again.'), 404),
  )
  app.use(
    '/assets/*',
    serveStatic({
      root: appFolder,
    }),
  )
  app.get('/assets/*', (context) => context.text('No such file.\n', 404))
  // The app's page tells nothing of a project: what it shows, it asks the API for.
  app.get('*', enter, async (context) => {
    return context.html(await readFile(join(appFolder, 'index.html'), 'utf8'))
  })
  return app
}
