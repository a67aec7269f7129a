import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from 'lowgate/contract'
import { firstProject } from '../../project/first-project.ts'
import type { Project } from '../../project/schema.ts'
import { openDatabase } from '../database.ts'
import { createEntryLink } from '../entry-link.ts'
import { createPreviewSite } from '../preview-site.ts'
import { createProductionSite } from '../production-site.ts'
import { createProjectStore } from '../project-store.ts'
import { createStudioServer } from '../studio-server.ts'

const html =
  '<!doctype html><head><title>Site</title><script type="module" src="./assets/main.js"></script></head>'

const buildManifest = {
  'index.html': { file: 'assets/main.js', isEntry: true },
  engine: { file: 'assets/router-engine.js', name: 'router-engine', imports: ['index.html'] },
  tools: { file: 'assets/PreviewTools.js', name: 'PreviewTools' },
}

/** A studio and its sites on a data folder of their own, called without a network. */
export async function createTestStudio({
  proxyUrl = 'http://127.0.0.1:1',
  folder = mkdtempSync(join(tmpdir(), 'studio-')),
  ...access
}: { proxyUrl?: string; folder?: string; password?: string; publicUrl?: string } = {}) {
  for (const build of ['site', 'studio']) {
    mkdirSync(join(folder, build, 'assets'), { recursive: true })
    writeFileSync(join(folder, build, 'index.html'), html)
    for (const name of ['main', 'router-engine', 'PreviewTools'])
      writeFileSync(join(folder, build, `assets/${name}.js`), 'export {}')
  }
  mkdirSync(join(folder, 'site/.vite'), { recursive: true })
  writeFileSync(join(folder, 'site/.vite/manifest.json'), JSON.stringify(buildManifest))
  const sitesFolder = join(folder, 'sites')
  mkdirSync(sitesFolder, { recursive: true })
  const database = await openDatabase(folder)
  const store = createProjectStore(database)
  await store.startWith(firstProject)
  const runtimeFolder = join(folder, 'site')
  const studio = createStudioServer({
    store,
    dataDir: folder,
    runtimeFolder,
    sitesFolder,
    appFolder: join(folder, 'studio'),
    proxy: { url: proxyUrl, operatorToken: new Secret('operator-canary') },
    sitePorts: { preview: 5004, production: 5005 },
    ...access,
  })
  const preview = createPreviewSite({
    store,
    runtimeFolder,
    studioUrl: () => 'http://localhost:5000',
    port: () => 5004,
  })
  const production = createProductionSite({ store, sitesFolder, port: () => 5005 })
  const host = { host: 'localhost:5000' }

  /** As the studio's own page asks in a browser without a session: a text unchanged, anything else as JSON. */
  const anonymous = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    studio.request(path, {
      method,
      headers: { ...host, 'x-lowgate': 'editor', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const entry = new URL(createEntryLink(folder, access.publicUrl ?? 'http://localhost:5000'))
  const entered = await anonymous('GET', `/${entry.search}`, undefined, { host: entry.host })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const api: typeof anonymous = (method, path, body, headers) =>
    anonymous(method, path, body, { cookie, ...headers })

  return {
    folder,
    store,
    database,
    /** To be served over real HTTP. */
    apps: { studio, preview, production },
    /** Of the session that {@link api} has. */
    cookie,
    anonymous,
    /** As the studio's own page asks; `headers` replace its own. */
    api,
    /** As a browser asks a project's site; `host` replaces the site's own name. */
    visit: async (site: 'preview' | 'production', path: string, host?: string) =>
      site === 'preview'
        ? preview.request(path, { headers: { host: host ?? 'my-site.localhost:5004' } })
        : production.request(path, { headers: { host: host ?? 'my-site.localhost:5005' } }),
    save: (project: Project, revision: number) =>
      api('PUT', `/api/projects/${project.id}`, { project, revision }),
    async close() {
      await database.destroy()
      rmSync(folder, { recursive: true })
    },
  }
}

export type TestStudio = Awaited<ReturnType<typeof createTestStudio>>
