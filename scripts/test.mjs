// `npm test`: installs what is missing (a browser too), runs unit, integration and browser tests, and counts them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { runAgain } from './run-again.mjs'
import { ensureBrowser, ensureBuilt, ensureDependencies, root } from './set-up.mjs'

ensureDependencies()
const browser = ensureBrowser()
ensureBuilt()

const results = join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results)
const vitestReport = join(results, 'vitest.json')
const playwrightReport = join(results, 'playwright.json')

const env = { ...process.env, CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport }
const npx = (args) =>
  spawnSync('npx', args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })

const runs = [
  npx(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]),
  npx(['playwright', 'test', '--reporter=list,json']),
]

const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const unit = read(vitestReport)
const endToEnd = read(playwrightReport)
const browserRun = endToEnd.stats
const passed = unit.numPassedTests + browserRun.expected
// One that passed at its second try has shown a race.
const failed = unit.numFailedTests + browserRun.unexpected + browserRun.flaky
const skipped = unit.numPendingTests + unit.numTodoTests + browserRun.skipped

const commands = runAgain(unit, endToEnd)
if (commands.length) process.stdout.write(`\nTo run only what failed:\n${commands.join('\n')}\n`)
const brokenRun = failed === 0 && runs.some(({ status }) => status !== 0)
if (brokenRun) process.stdout.write('\nA test run ended with an error outside its tests; see above.\n')
if (skipped) process.stdout.write(`\n${skipped} skipped; each says why in its title.\n`)
process.stdout.write(`\n${passed} passed, ${failed + (brokenRun ? 1 : 0)} failed\n`)
process.exit(failed || brokenRun ? 1 : 0)
