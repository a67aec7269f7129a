// `npm run attacks`: the property-based tests with 100,000 inputs each, or as many as ATTACK_RUNS says.
import { spawnSync } from 'node:child_process'
import process from 'node:process'

const { status } = spawnSync('npx', ['vitest', 'run', 'tests/attacks', ...process.argv.slice(2)], {
  env: { ATTACK_RUNS: '100000', ...process.env },
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
