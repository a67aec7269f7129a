import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { isBuiltin } from 'node:module'
import { promisify } from 'node:util'
import { publint } from 'publint'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { packages } from '../../scripts/packages.mjs'
import { forbidden, installBare, installPacked, measureSizes } from '../../scripts/sizes.ts'
import { lostTypes, resolutions } from './lost-types.ts'

const run = promisify(execFile)

/** What a page may hold goes through a customer's bundler; the rest Node itself must be able to import. */
const forBundlers = ['@lowgate/editor']

/** The newest are what the repository itself runs with. */
const oldestPeers = { vue: '3.5', 'vue-router': '4.6', pinia: '3', '@nuxt/kit': '4', '@nuxt/schema': '4' }

/** Each wrong line shows that a type is more than `any`. */
const app = `
import { createRouter, createMemoryHistory } from 'vue-router'
import { ActionForm, ConnectionPanel } from '@lowgate/editor'
import { startBackendProxy } from '@lowgate/proxy'
import { startLocalTenant } from '@lowgate/local-tenant'
import type { PublicSettings } from 'lowgate/contract'
import { useAuthStore } from 'lowgate/pinia'
import { createLowgate } from 'lowgate/plugin'

const router = createRouter({ history: createMemoryHistory(), routes: [] })
const settings: PublicSettings = { connections: { production: { domain: 'a.eu.auth0.com', clientId: 'b' } } }
export const lowgate = createLowgate({ settings, router })
export const props: InstanceType<typeof ActionForm>['$props']['code'] = 'logout'
export const isAuthenticated: boolean = useAuthStore().isAuthenticated
// @ts-expect-error
settings.connections.production = { domain: 1 }
// @ts-expect-error
export const host: InstanceType<typeof ConnectionPanel>['$props']['host'] = 1
// @ts-expect-error
void startBackendProxy(1)
// @ts-expect-error
void startLocalTenant(1)
`

/** What an app without vue-router, Pinia, zod and Nuxt cannot import. */
const needPeers: Record<string, string> = {
  'lowgate/pinia': 'pinia',
  'lowgate/nuxt': '@nuxt/kit',
  'lowgate/contract/http': 'zod',
  'lowgate/contract/proxy-api': 'zod',
  'lowgate/contract/schemas': 'zod',
}

/** What no file of `lowgate` may hold. */
const onServers = [forbidden['a client secret'], forbidden['the Management API']]

const namesIn = (script: string) =>
  [...script.matchAll(/^(?:import|export)\b[^'"\n]*"([@\w][^"]*)"|\bimport\("([@\w][^"]*)"\)/gm)]
    .map(([, name, loaded]) => name ?? loaded ?? '')
    .filter((name) => !isBuiltin(name))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))

const make = (script: string) => run(process.execPath, [`scripts/${script}.mjs`, '--if-stale'])

const modulesOf = ({ manifest }: (typeof packages)[number]) =>
  Object.entries(manifest.exports)
    .filter(([, file]) => file.endsWith('.ts'))
    .map(([entry]) => join(manifest.name, entry))

/** What plain Node gets of each module: how many exports, or why none. */
async function importAll(folder: string, modules: string[]): Promise<Record<string, number | string>> {
  const code = `
    const answers = {}
    for (const module of ${JSON.stringify(modules)})
      answers[module] = await import(module).then((all) => Object.keys(all).length, (error) => error.message)
    console.log(JSON.stringify(answers))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: folder })
  return JSON.parse(stdout) as Record<string, number | string>
}

describe('the packages that customers install', () => {
  let folder: string
  let imported: Record<string, number | string>
  const installed = (name: string, file = '') => join(folder, 'node_modules', name, file)
  /** Built for pages without a bundler, Auth0’s SDK included; the sizes tell what it holds. */
  let forPages: string

  // A hook each: all of it together can take longer than one may.
  beforeAll(() => make('pack'))
  beforeAll(() => make('build'))
  beforeAll(async () => {
    const names = packages.map(({ manifest }) => manifest.name)
    folder = await installPacked('package-app', names, oldestPeers)
    forPages = installed('lowgate', 'html')
    imported = await importAll(folder, packages.flatMap(modulesOf))
  })

  describe.each(packages)('$manifest.name', (published) => {
    const { manifest, built } = published
    const { name } = manifest
    const modules = modulesOf(published)

    it('is published without a mistake that publint knows', async () => {
      expect((await publint({ pkgDir: built, pack: false, strict: true })).messages).toEqual([])
    })

    it.each(modules.filter((entry) => !forBundlers.includes(entry)))('lets plain Node import %s', (entry) => {
      expect(imported[entry]).toBeGreaterThan(0)
    })

    it.each(Object.keys(resolutions))('lets TypeScript find every type under %s', (resolution) => {
      expect(lostTypes(folder, name, modules, resolution)).toEqual([])
    })

    it('hides no dependency of the customer’s behind a folder of its own', () => {
      const files = readdirSync(installed(name), { recursive: true, encoding: 'utf8' })
      expect(files.filter((file) => file.split(sep).includes('node_modules'))).toEqual([])
    })

    it('ships scripts with their source maps, types, style and words, and no picture', () => {
      const entries = readdirSync(installed(name), { recursive: true, encoding: 'utf8', withFileTypes: true })
      const files = entries
        .filter((entry) => entry.isFile() && entry.parentPath !== forPages)
        .map((entry) => entry.name)
      expect(files.filter((file) => !/\.(js|js\.map|d\.ts|css|json|md)$|^LICENSE$/.test(file))).toEqual([])
      // What only hands on what others export, and the compilers' helpers, have no source of their own.
      const scripts = files.filter((file) =>
        /(?<!^index|^_plugin-vue_export-helper|^taggedTemplateLiteral)\.js$/.test(file),
      )
      expect(scripts.length).toBeGreaterThan(0)
      expect(scripts.filter((file) => !files.includes(`${file}.map`))).toEqual([])
    })

    it('lists what it imports, imports no style, and holds nothing forbidden', () => {
      const scripts = readdirSync(installed(name), { recursive: true, encoding: 'utf8' }).filter(
        (file) => file.endsWith('.js') && dirname(installed(name, file)) !== forPages,
      )
      const texts = scripts.map((file) => readFileSync(installed(name, file), 'utf8'))
      const listed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, [name]: '' })
      expect(texts.flatMap(namesIn).filter((imported) => !listed.includes(imported))).toEqual([])
      expect(texts.filter((text) => /import\s[^;\n]*\.css['"]/.test(text))).toEqual([])
      const signs = name === 'lowgate' ? onServers : []
      expect(scripts.filter((_, at) => signs.some((sign) => sign.test(texts[at] ?? '')))).toEqual([])
    })

    it.each(Object.keys(manifest.bin ?? {}))('runs its command %s', async (command) => {
      const { stdout } = await run(join(folder, 'node_modules/.bin', command), ['--help'])
      expect(stdout).toContain('--help')
    })
  })

  it('need no router, no Pinia and no validator for a login', async () => {
    const modules = packages.filter(({ folder: room }) => room === '.').flatMap(modulesOf)
    const answers = Object.entries(await importAll(await installBare(), modules))
    const failed = answers.filter(([, answer]) => typeof answer === 'string')
    expect(failed.map(([module]) => module).sort()).toEqual(Object.keys(needPeers).sort())
    for (const [module, reason] of failed) expect(reason).toContain(`'${needPeers[module]}'`)
  })

  it('keep to their sizes, and bring a visitor nothing that belongs on a server', async () => {
    const { sizes, holds } = await measureSizes()
    expect(sizes.filter(({ amount, budget }) => amount > budget)).toEqual([])
    expect(holds).toEqual([])
  })

  it('have types in an app with vue-router 4 and Pinia 3', () => {
    const file = join(folder, 'app.ts')
    writeFileSync(file, app)
    const options = { ...resolutions.node16, strict: true, noEmit: true, skipLibCheck: true, types: [] }
    const program = ts.createProgram([file], { ...options, target: ts.ScriptTarget.ES2023 })
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file: at, messageText }) =>
          `${at?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      )
    expect(messages).toEqual([])
  })
})
