import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { isBuiltin } from 'node:module'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packages } from '../../scripts/packages.mjs'

const run = promisify(execFile)
const tarballs = join(process.cwd(), 'dist/tarballs')

/** What a page may hold goes through a customer's bundler; the rest Node itself must be able to import. */
const forBundlers = ['@lowgate/editor']

/** The newest are what the repository itself runs with. */
const oldestPeers = ['vue@3.5', 'vue-router@4.6', 'pinia@3']

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

/** What no file of a package may hold. */
const forbidden: Record<string, RegExp> = { lowgate: /client_secret|api\/v2\// }

const namesIn = (script: string) =>
  [...script.matchAll(/^(?:import|export)\b[^'"\n]*"([@\w][^"]*)"|\bimport\("([@\w][^"]*)"\)/gm)]
    .map(([, name, loaded]) => name ?? loaded ?? '')
    .filter((name) => !isBuiltin(name))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))

describe('the packages that customers install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lowgate-packages-'))
  const installed = (name: string, file = '') => join(folder, 'node_modules', name, file)

  beforeAll(async () => {
    await run(process.execPath, ['scripts/pack.mjs', '--if-stale'])
  })
  beforeAll(async () => {
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
    const files = readdirSync(tarballs)
      .map((file) => join(tarballs, file))
      .concat('pinia')
    const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
    await run('npm', ['install', ...options, ...files, ...oldestPeers], { cwd: folder })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  describe.each(packages)('$manifest.name', ({ manifest }) => {
    const { name } = manifest
    const published = () =>
      JSON.parse(readFileSync(installed(name, 'package.json'), 'utf8')) as {
        exports: Record<string, string | { types: string; default: string }>
        bin?: Record<string, string>
      }

    it('has the files of its exports', () => {
      const files = Object.values(published().exports).flatMap((entry) =>
        typeof entry === 'string' ? [entry] : [entry.types, entry.default],
      )
      expect(files.filter((file) => !existsSync(installed(name, file)))).toEqual([])
    })

    const modules = Object.entries(manifest.exports)
      .filter(([, file]) => file.endsWith('.ts'))
      .map(([entry]) => join(name, entry))
      .filter((entry) => !forBundlers.includes(entry))

    it.each(modules)('lets plain Node import %s', async (entry) => {
      const code = `const exports = await import('${entry}'); console.log(Object.keys(exports).length)`
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: folder })
      expect(Number(stdout)).toBeGreaterThan(0)
    })

    it('hides no dependency of the customer’s behind a folder of its own', () => {
      const files = readdirSync(installed(name), { recursive: true, encoding: 'utf8' })
      expect(files.filter((file) => file.split(sep).includes('node_modules'))).toEqual([])
    })

    it('ships scripts with their source maps, types, style and words, and no picture', () => {
      const files = readdirSync(installed(name), { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
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
      const scripts = readdirSync(installed(name), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.js'),
      )
      const texts = scripts.map((file) => readFileSync(installed(name, file), 'utf8'))
      const listed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, [name]: '' })
      expect(texts.flatMap(namesIn).filter((imported) => !listed.includes(imported))).toEqual([])
      expect(texts.filter((text) => /import\s[^;\n]*\.css['"]/.test(text))).toEqual([])
      const word = forbidden[name]
      expect(scripts.filter((_, at) => word?.test(texts[at] ?? ''))).toEqual([])
    })

    it.each(Object.keys(manifest.bin ?? {}))('runs its command %s', async (command) => {
      const { stdout } = await run(join(folder, 'node_modules/.bin', command), ['--help'])
      expect(stdout).toContain('--help')
    })
  })

  it('brings nothing but itself and Auth0’s SDK to an app with a login, and at most 3 MB', () => {
    const { manifest } = packages.find(({ folder: room }) => room === '.') as (typeof packages)[number]
    expect(Object.keys(manifest.dependencies ?? {})).toEqual(['@auth0/auth0-spa-js'])
    const sizes = readdirSync(installed('lowgate'), { recursive: true, encoding: 'utf8' }).map(
      (file) => statSync(installed('lowgate', file)).size,
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000)
  })

  it.each([
    ['nodenext', { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
    ['bundler', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
  ])('has types under %s, beside vue-router 4 and Pinia 3', (_, resolution) => {
    const file = join(folder, 'app.ts')
    writeFileSync(file, app)
    const options = { ...resolution, strict: true, noEmit: true, skipLibCheck: true, types: [] }
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
