/**
 * The reference host: a small no-code builder, and the preview and production sites it makes.
 *
 * @module
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstProject } from './project/first-project.ts'
import { openDatabase } from './server/database.ts'
import type { ProxyAddress } from './server/forward-to-proxy.ts'
import { listen, type WebApp } from './server/listen.ts'
import { createPreviewSite } from './server/preview-site.ts'
import { createProductionSite } from './server/production-site.ts'
import { createProjectStore } from './server/project-store.ts'
import { createStudioServer } from './server/studio-server.ts'

export interface StudioOptions {
  /** The name to listen on; this machine alone by default. */
  host?: string
  /** 0 takes any free one; so in `sitePorts`. */
  port: number
  sitePorts: { preview: number; production: number }
  /** Projects and published versions are kept here. */
  dataDir: string
  proxy: ProxyAddress
}

export interface RunningStudio {
  /** Without a last slash. */
  url: string
  sites: { preview: string; production: string }
  close(): Promise<void>
}

/** What the browser builds left, beside the source. */
const builds = fileURLToPath(new URL('../dist', import.meta.url))

/** Starts the studio and both sites. @throws Error when the browser code was not built, or a port is in use */
export async function startStudio(options: StudioOptions): Promise<RunningStudio> {
  const { host = 'localhost', port, sitePorts, dataDir, proxy } = options
  const runtimeFolder = join(builds, 'site')
  const appFolder = join(builds, 'studio')
  for (const folder of [runtimeFolder, appFolder])
    if (!existsSync(join(folder, 'index.html')))
      throw new Error(`The browser code is not built: ${folder} is missing. Run \`node scripts/build.mjs\`.`)

  const database = await openDatabase(dataDir)
  const store = createProjectStore(database)
  await store.startWith(firstProject)
  const sitesFolder = join(dataDir, 'sites')
  mkdirSync(sitesFolder, { recursive: true })

  const open: { close(): Promise<void> }[] = []
  const close = async () => {
    await Promise.all(open.map((server) => server.close()))
    await database.destroy()
  }
  try {
    const serve = async (app: WebApp, at: number) => {
      const server = await listen(app, host, at)
      open.push(server)
      return `http://${host}:${server.port}`
    }
    let url = ''
    const sites = {
      preview: await serve(
        createPreviewSite({ store, runtimeFolder, studioUrl: () => url }),
        sitePorts.preview,
      ),
      production: await serve(createProductionSite({ store, sitesFolder }), sitePorts.production),
    }
    const studio = createStudioServer({ store, runtimeFolder, sitesFolder, appFolder, proxy, origins: sites })
    url = await serve(studio, port)
    return { url, sites, close }
  } catch (error) {
    await close()
    throw error
  }
}
