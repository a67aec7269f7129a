import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const { exports: entries, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string | { types: string; default: string }>
  bin: Record<string, string>
}

/** What a page may hold goes through a customer's bundler; the rest Node itself must be able to import. */
const forBundlers = ['./editor']

describe('the package that customers install', () => {
  beforeAll(async () => {
    await run(process.execPath, ['scripts/build.mjs', '--package'])
  })

  it.each(Object.entries(entries))('has the files of its export %s', (_, entry) => {
    const files = typeof entry === 'string' ? [entry] : [entry.types, entry.default]
    expect(files.filter((file) => !existsSync(file))).toEqual([])
  })

  const modules = Object.keys(entries).filter(
    (name) => typeof entries[name] !== 'string' && !forBundlers.includes(name),
  )

  it.each(modules)('lets plain Node import %s', async (name) => {
    const code = `const exports = await import('${join('lowgate', name)}'); console.log(Object.keys(exports).length)`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code])
    expect(Number(stdout)).toBeGreaterThan(0)
  })

  it('hides no dependency of the customer’s behind a folder of its own', () => {
    const files = readdirSync('dist/package', { recursive: true, encoding: 'utf8' })
    expect(files.filter((file) => file.split(sep).includes('node_modules'))).toEqual([])
  })

  it.each(Object.entries(bin))('runs its command %s', async (_, file) => {
    const { stdout } = await run(process.execPath, [file, '--help'])
    expect(stdout).toContain('--help')
  })
})
