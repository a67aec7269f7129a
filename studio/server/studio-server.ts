import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { forwardToProxy } from 'lowgate/contract/proxy-api'
import { studioApi } from '../api/endpoints.ts'
import { createAccess } from './access.ts'
import { caching } from './caching.ts'
import { requireEditor, requireOwnHost } from './guards.ts'
import { mount, type Handlers, type StudioEndpoint } from './mount.ts'
import { createProjectHandlers, type ProjectOptions } from './project-handlers.ts'
import { answerError, Refusal } from './refusal.ts'
import { studioHeaders } from './security-headers.ts'
import type { SessionOptions } from './sessions.ts'

/** Bytes of the longest project, as JSON. */
const largestProject = 4 * 1024 * 1024

export interface StudioServerOptions extends ProjectOptions, SessionOptions {
  /** The built studio app. */
  appFolder: string
}

/** The studio: its app's files, its own API under `/api`, and the backend proxy under `/api/proxy`. */
export function createStudioServer({
  appFolder,
  dataDir,
  password,
  publicUrl,
  ...projects
}: StudioServerOptions): Hono {
  const app = new Hono()
  app.onError(answerError)
  const { enter, requireSession, handlers } = createAccess({ dataDir, password, publicUrl })
  const all: Handlers = { ...handlers, ...createProjectHandlers(projects) }
  const { proxy, store } = projects
  // The studio has no users: its session opens every project, but issues no editor tokens, which would outlive it.
  const forward = forwardToProxy({
    url: proxy.url,
    token: proxy.operatorToken,
    prefix: '/api/proxy',
    allow: async (project) => ((await store.liveVersion(project)) === undefined ? undefined : 'editor'),
  })
  const tooLarge = () => {
    throw new Refusal('tooLarge')
  }
  app.use(requireOwnHost(publicUrl), studioHeaders, caching, compress())
  app.use('/api/*', requireEditor(publicUrl), bodyLimit({ maxSize: largestProject, onError: tooLarge }))
  const api = new Hono()
  const mountAll = (isPublic: boolean) => {
    for (const [name, endpoint] of Object.entries<StudioEndpoint>(studioApi))
      if (Boolean(endpoint.isPublic) === isPublic) mount(api, endpoint, all[name as keyof Handlers] as never)
  }
  mountAll(true)
  api.use(requireSession)
  api.all('/proxy/*', (context) => forward(context.req.raw))
  mountAll(false)
  api.all('*', () => {
    throw new Refusal('notFound')
  })
  app.route('/api', api)
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
