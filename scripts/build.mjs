// Builds what browsers load. With --if-stale: only when a file that the builds are made from has changed.
import { join } from 'node:path'
import process from 'node:process'
import { build } from 'vite'
import { root } from './set-up.mjs'
import { makeUnlessFresh } from './stale.mjs'

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

// A test that builds has a NODE_ENV with which visitors would get Vue's development build.
process.env.NODE_ENV = 'production'
await makeUnlessFresh('sources', sources, async () => {
  for (const mode of targets)
    await build({ mode, logLevel: 'warn', configFile: join(root, 'vite.config.ts') })
})
