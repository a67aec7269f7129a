import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstProject } from '../project/first-project.ts'
import type { Project } from '../project/schema.ts'
import { openDatabase } from './database.ts'
import { createPreviewSite } from './preview-site.ts'
import { createProductionSite } from './production-site.ts'
import { createProjectStore } from './project-store.ts'
import { createStudioServer } from './studio-server.ts'

const html =
  '<!doctype html><head><title>Site</title><script type="module" src="./assets/main.js"></script></head>'

const buildManifest = {
  'index.html': { file: 'assets/main.js', isEntry: true },
  engine: { file: 'assets/router-engine.js', name: 'router-engine', imports: ['index.html'] },
  tools: { file: 'assets/PreviewTools.js', name: 'PreviewTools' },
}

/** A studio and its sites on a data folder of their own, called without a network. */
export async function createTestStudio({ proxyUrl = 'http://127.0.0.1:1' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'studio-'))
  for (const build of ['site', 'studio']) {
    mkdirSync(join(folder, build, 'assets'), { recursive: true })
    writeFileSync(join(folder, build, 'index.html'), html)
    for (const name of ['main', 'router-engine', 'PreviewTools'])
      writeFileSync(join(folder, build, `assets/${name}.js`), 'export {}')
  }
  mkdirSync(join(folder, 'site/.vite'))
  writeFileSync(join(folder, 'site/.vite/manifest.json'), JSON.stringify(buildManifest))
  const sitesFolder = join(folder, 'sites')
  mkdirSync(sitesFolder)
  const database = await openDatabase(folder)
  const store = createProjectStore(database)
  await store.startWith(firstProject)
  const runtimeFolder = join(folder, 'site')
  const studio = createStudioServer({
    store,
    runtimeFolder,
    sitesFolder,
    appFolder: join(folder, 'studio'),
    proxy: { url: proxyUrl, operatorToken: 'operator-canary' },
    origins: { preview: 'http://localhost:1', production: 'http://localhost:2' },
  })
  const preview = createPreviewSite({ store, runtimeFolder, studioUrl: () => 'http://localhost:5000' })
  const production = createProductionSite({ store, sitesFolder })
  const host = { host: 'localhost:5000' }

  return {
    folder,
    store,
    /** As the studio's own page asks; `headers` replace its own. */
    api: async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      studio.request(path, {
        method,
        headers: { ...host, 'x-lowgate': 'editor', 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    visit: async (site: 'preview' | 'production', path: string) =>
      (site === 'preview' ? preview : production).request(path, { headers: host }),
    save: async (project: Project, revision: number) =>
      studio.request(`/api/projects/${project.id}`, {
        method: 'PUT',
        headers: { ...host, 'x-lowgate': 'editor' },
        body: JSON.stringify({ project, revision }),
      }),
    async close() {
      await database.destroy()
      rmSync(folder, { recursive: true })
    },
  }
}

export type TestStudio = Awaited<ReturnType<typeof createTestStudio>>
