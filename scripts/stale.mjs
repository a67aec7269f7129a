import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { root } from './set-up.mjs'

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function fingerprint(sources) {
  const hash = createHash('sha256')
  const files = sources
    .map((source) => join(root, source))
    .filter(existsSync)
    .flatMap(filesBelow)
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

/**
 * Makes something again; with `--if-stale` on the command line only when one of the `sources`, files or folders,
 * has changed since it was made last.
 *
 * @param {string} name of what is made; its stamp is `dist/<name>.sha256`
 * @param {string[]} sources
 * @param {() => Promise<void>} make
 */
export async function makeUnlessFresh(name, sources, make) {
  const stamp = join(root, 'dist', `${name}.sha256`)
  const current = fingerprint(sources)
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === current
  if (isFresh && process.argv.includes('--if-stale')) return
  rmSync(stamp, { force: true })
  await make()
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, current)
}
