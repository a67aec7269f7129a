import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import type { Environment, PublicSettings } from '../../contract/index.ts'
import { headSnippet } from '../head/head-snippet.ts'

const repository = join(import.meta.dirname, '../..')

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of ['contract', 'plugin']) {
    const files = await readdir(join(repository, folder), { recursive: true, withFileTypes: true })
    for (const file of files.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts')))
      hash.update(await readFile(join(file.parentPath, file.name)))
  }
  return hash.digest('hex').slice(0, 16)
}

/** Builds the playground as an app would be for production; test files that run at the same time share a build. */
async function buildPlayground(): Promise<string> {
  const folder = join(tmpdir(), `lowgate-playground-${await fingerprint()}`)
  if (existsSync(folder)) return folder
  const outDir = `${folder}-${randomUUID()}`
  await build({
    root: join(repository, 'plugin/playground'),
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: [vue()],
    // Test runners set NODE_ENV to `test`, which would leave the development half of Vue in.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir, emptyOutDir: true },
  })
  await rename(outDir, folder).catch(() => rm(outDir, { recursive: true }))
  return folder
}

export interface PlaygroundOptions {
  /** Default: any that is free. */
  port?: number
  /** The site's, once its origin is known. */
  settings: (origin: string) => PublicSettings | Promise<PublicSettings>
  environment?: Environment
  /** The path it is served under. Default: `/`. */
  base?: string
}

export interface Playground {
  origin: string
  close(): Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** Serves the built playground: every path that is not a file answers with its page. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { port = 0, environment = 'preview', base = '/' } = options
  const folder = await buildPlayground()
  const assets = await readdir(join(folder, 'assets'))
  const engine = assets
    .filter((file) => file.startsWith('router-engine'))
    .map((file) => `${base}assets/${file}`)
  let page = ''
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(base.length)
    const file = join(folder, path)
    const isFile =
      path !== '' && file.startsWith(folder) && (await stat(file).catch(() => undefined))?.isFile()
    response.setHeader('content-type', isFile ? (types[extname(file)] ?? 'text/plain') : 'text/html')
    response.end(isFile ? await readFile(file) : page)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  // Another site than a tenant on `localhost`, as a builder's site is another than their tenant.
  const origin = `http://playground.localhost:${(server.address() as AddressInfo).port}`
  const settings = await options.settings(origin)
  const snippet = headSnippet(settings, { environment, basePath: base, modules: { engine } })
  const head = [`playground = ${JSON.stringify({ settings, environment, base })}`, snippet]
  page = (await readFile(join(folder, 'index.html'), 'utf8'))
    .replaceAll('"./', `"${base}`)
    .replace('<!--head-->', head.map((script) => `<script>${script}</script>`).join(''))
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
