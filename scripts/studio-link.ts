// `npm run studio:link`: prints an address that opens the running studio in one more browser.
import { join } from 'node:path'
import process from 'node:process'
import { renewEntryLink } from '../studio/server/entry-link.ts'
import { readSettings } from './start/settings.ts'

try {
  const { dataDir } = readSettings(process.env)
  console.log(renewEntryLink(join(dataDir, 'studio')))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
