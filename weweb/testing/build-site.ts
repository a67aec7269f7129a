import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import { buildWeweb } from '../../scripts/build-weweb.mjs'

const here = import.meta.dirname

/** What WeWeb does to a plugin when it publishes: the editor's marked blocks go, the source is compiled by the site. */
export async function publish(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true })
  const files = await readdir(to, { recursive: true })
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const code = await readFile(join(to, file), 'utf8')
    await writeFile(
      join(to, file),
      code.replace(/\/\* wwEditor:start \*\/[\s\S]*?\/\* wwEditor:end \*\//g, ''),
    )
  }
}

const noPlugin = {
  'src/wwPlugin.js': 'export default {}',
  'ww-config.js': 'export default { variables: [] }',
}

/** Builds the fake site as WeWeb's export does, with the plugin's source in it or without; answers its folder. */
async function buildSite(folder: string, plugin: string): Promise<string> {
  await build({
    root: join(here, 'site'),
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: [vue()],
    resolve: { alias: { 'weweb-plugin': plugin } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: folder, emptyOutDir: true },
  })
  return folder
}

export interface Sites {
  /** The published site, and the same without the plugin. */
  withPlugin: string
  without: string
  remove(): Promise<void>
}

export async function buildSites(): Promise<Sites> {
  const folder = await mkdtemp(join(tmpdir(), 'weweb-site-'))
  const at = (name: string) => join(folder, name)
  await buildWeweb(at('package'))
  await publish(at('package'), at('plugin'))
  await cp(at('plugin'), at('no-plugin'), { recursive: true })
  for (const [file, code] of Object.entries(noPlugin)) await writeFile(join(at('no-plugin'), file), code)
  return {
    withPlugin: await buildSite(at('site'), at('plugin')),
    without: await buildSite(at('bare-site'), at('no-plugin')),
    remove: () => rm(folder, { recursive: true }),
  }
}
