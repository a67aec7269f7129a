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
import { createEntryLink } from './server/entry-link.ts'
import { requireSafeExposure } from './server/exposure.ts'
import type { ProxyAddress } from './server/proxy-address.ts'
import { listen, type WebApp } from './server/listen.ts'
import { createPreviewSite } from './server/preview-site.ts'
import { createProductionSite } from './server/production-site.ts'
import { createProjectStore } from './server/project-store.ts'
import { siteOrigin, type SitePorts } from './server/site-folders.ts'
import { createStudioServer } from './server/studio-server.ts'

export interface StudioOptions {
  /** The name for the studio to listen on. Anything but this machine needs `password` and `publicUrl`. Default: `localhost`. */
  host?: string
  /** Opens the studio beside the address from the terminal. */
  password?: string
  /** The studio's origin as browsers see it, where a server in front of it speaks https. */
  publicUrl?: string
  /** 0 takes any free one; so in `sitePorts`. */
  port: number
  sitePorts: SitePorts
  /** Projects and published versions are kept here. */
  dataDir: string
  proxy: ProxyAddress
}

export interface RunningStudio {
  /** Without a last slash. */
  url: string
  /** Opens the studio once, in the browser that asks first. */
  entryUrl: string
  /** Those of the first project, or of another one when it was deleted; absent when there is none at all. */
  sites?: Record<keyof SitePorts, string>
  close(): Promise<void>
}

/** The origins of a project's sites on these ports, of the first project unless told; every project has its own. */
export const sitesOn = (
  { preview, production }: SitePorts,
  projectId = firstProject.id,
): Record<keyof SitePorts, string> => ({
  preview: siteOrigin(projectId, preview),
  production: siteOrigin(projectId, production),
})

/** What the browser builds left, beside the source. */
const builds = fileURLToPath(new URL('../dist', import.meta.url))

/**
 * Starts the studio and both sites. The sites answer only this machine, whatever `host` is.
 *
 * @throws Error when the browser code was not built, a port is in use, or other machines would be let in unsafely
 */
export async function startStudio(options: StudioOptions): Promise<RunningStudio> {
  const { host = 'localhost', port, sitePorts, dataDir, proxy, password, publicUrl } = options
  requireSafeExposure({ host, password, publicUrl })
  const runtimeFolder = join(builds, 'site')
  const appFolder = join(builds, 'studio')
  for (const folder of [runtimeFolder, appFolder])
    if (!existsSync(join(folder, 'index.html')))
      throw new Error(`The browser code is not built: ${folder} is missing. Run \`node scripts/build.mjs\`.`)

  const database = await openDatabase(dataDir)
  const store = createProjectStore(database)
  const shown = await store.startWith(firstProject)
  const sitesFolder = join(dataDir, 'sites')
  mkdirSync(sitesFolder, { recursive: true })

  const open: { close(): Promise<void> }[] = []
  const close = async () => {
    await Promise.all(open.map((server) => server.close()))
    await database.destroy()
  }
  try {
    const serve = async (app: WebApp, at: number, on = 'localhost') => {
      const server = await listen(app, on, at)
      open.push(server)
      return server.port
    }
    let url = ''
    const ports = { preview: 0, production: 0 }
    const preview = createPreviewSite({
      store,
      runtimeFolder,
      studioUrl: () => url,
      port: () => ports.preview,
    })
    const production = createProductionSite({ store, sitesFolder, port: () => ports.production })
    ports.preview = await serve(preview, sitePorts.preview)
    ports.production = await serve(production, sitePorts.production)
    const studio = createStudioServer({
      store,
      dataDir,
      password,
      publicUrl,
      runtimeFolder,
      sitesFolder,
      appFolder,
      proxy,
      sitePorts: ports,
    })
    const listening = await serve(studio, port, host)
    url = publicUrl ?? `http://localhost:${listening}`
    return {
      url,
      entryUrl: createEntryLink(dataDir, url),
      ...(shown !== undefined && { sites: sitesOn(ports, shown) }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
