import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packages } from '../../scripts/packages.mjs'

const run = promisify(execFile)
const tarballs = join(process.cwd(), 'dist/tarballs')

/** What a page may hold goes through a customer's bundler; the rest Node itself must be able to import. */
const forBundlers = ['@lowgate/editor']

describe('the packages that customers install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lowgate-packages-'))
  const installed = (name: string, file = '') => join(folder, 'node_modules', name, file)

  beforeAll(async () => {
    await run(process.execPath, ['scripts/pack.mjs'])
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
    const files = readdirSync(tarballs)
      .map((file) => join(tarballs, file))
      .concat('pinia')
    const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
    await run('npm', ['install', ...options, ...files], { cwd: folder })
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

    it.each(Object.keys(manifest.bin ?? {}))('runs its command %s', async (command) => {
      const { stdout } = await run(join(folder, 'node_modules/.bin', command), ['--help'])
      expect(stdout).toContain('--help')
    })
  })
})
