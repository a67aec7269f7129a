// Builds what browsers load. With --if-stale: only when a file that the builds are made from has changed.
import { join } from 'node:path'
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

await makeUnlessFresh('sources', sources, async () => {
  for (const mode of targets)
    await build({ mode, logLevel: 'warn', configFile: join(root, 'vite.config.ts') })
})
