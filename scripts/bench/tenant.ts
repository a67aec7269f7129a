/**
 * How soon a full local tenant takes requests, against an empty one: 5,000 applications, 20,000 organizations and
 * 100,000 users. Each start is a process of its own, in turn, on the same machine. A ratio of 0.2 is five times as
 * long as empty: the tenant's budget.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, report } from './lists/report.ts'

const rounds = 5
const cli = fileURLToPath(new URL('../../local-tenant/cli.ts', import.meta.url))
const full = ['--applications', '5000', '--organizations', '20000', '--users', '100000']

/** Milliseconds from the start of the process until it says where it listens. */
async function start(extra: string[]): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, [...process.execArgv, cli, '--port', '0', ...extra], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('Domain') && resolve())
  })
  const took = performance.now() - began
  child.kill('SIGTERM')
  await ended
  return took
}

const times = { empty: [] as number[], full: [] as number[] }
for (let round = 0; round < rounds; round += 1) {
  times.empty.push(await start([]))
  times.full.push(await start(full))
}
report('tenant-start', median(times.full), median(times.empty), 'ms')
