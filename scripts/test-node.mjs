// `npm run test:node -- 22 [what Vitest takes]`: Vitest's tests on another Node, which the npm package `node` brings.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { ensureBuilt, ensureDependencies, fail, root } from './set-up.mjs'

const [version, ...vitestArguments] = process.argv.slice(2)
if (!/^\d+$/.test(version ?? '')) fail('Which Node?', 'For example: npm run test:node -- 22')

ensureDependencies()
ensureBuilt()

const folder = join(root, '.cache/node', version)
const bin = join(folder, 'node_modules/node/bin')
if (!existsSync(bin)) {
  mkdirSync(folder, { recursive: true })
  const install = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `node@${version}`]
  const { status } = spawnSync('npm', install, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) fail(`Node ${version} could not be installed.`, 'See the messages above.')
}

// First on the path too, for the tests that start `node` or `npx` themselves.
const env = { ...process.env, PATH: bin + delimiter + process.env.PATH }
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const { status, signal } = spawnSync(join(bin, 'node'), [vitest, 'run', ...vitestArguments], {
  cwd: root,
  env,
  stdio: 'inherit',
})
if (signal) fail(`The tests were ended by ${signal}.`, 'Run them again.')
process.exit(status)
