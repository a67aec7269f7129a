// Builds what browsers load. With --if-stale: only when a file that the builds are made from has changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { build } from 'vite'
import { root } from './set-up.mjs'

const targets = ['studio', 'site']
const sources = [
  'contract',
  'plugin',
  'workflow-actions',
  'editor',
  'studio',
  'manifest.json',
  'vite.config.ts',
  'package-lock.json',
]

const buildFor = (mode) => build({ mode, logLevel: 'warn', configFile: join(root, 'vite.config.ts') })

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function fingerprint() {
  const hash = createHash('sha256')
  const files = sources
    .map((source) => join(root, source))
    .filter(existsSync)
    .flatMap(filesBelow)
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

async function buildForBrowsers() {
  const stamp = join(root, 'dist/sources.sha256')
  const current = fingerprint()
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === current
  if (isFresh && process.argv.includes('--if-stale')) return
  for (const mode of targets) await buildFor(mode)
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, current)
}

await buildForBrowsers()
