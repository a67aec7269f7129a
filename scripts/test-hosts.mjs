// `npm run test:hosts [-- vite]`: puts the packed packages into an app of each kind, and logs a visitor in and out there.
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { ensureBrowser, ensureDependencies, root } from './set-up.mjs'

ensureDependencies()
const { status } = spawnSync('npx', ['playwright', 'test', '--project=hosts', ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, CHROMIUM_PATH: ensureBrowser() },
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
