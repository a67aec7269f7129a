import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

interface Tenant {
  domain: string
  m2m: { clientId: string; clientSecret: string }
  users: { email: string; password: string }[]
}

/** One whole Lowgate, started by `npm start` on ports and data of its own. */
export interface Lowgate {
  studio: string
  /** Opens the studio once; `openStudio` does so for a page. */
  studioUrl: string
  proxy: string
  operatorToken: string
  sites: { preview: string; production: string }
  tenants: { preview: Tenant; production: Tenant }
  dataDir: string
  /** Everything it logged so far; the table and the `ready` line, which name the test credentials, are left out. */
  log(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** The first port of each worker's own range; `E2E_PORT_BASE` lets two checkouts run at once. */
export const portBase =
  Number(process.env.E2E_PORT_BASE ?? 4500) + Number(process.env.TEST_PARALLEL_INDEX ?? 0) * 20

/** Starts it and waits for its `ready` line. */
export async function startLowgate(env: Record<string, string> = {}): Promise<Lowgate> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lowgate-e2e-'))
  const child = spawn('npm', ['start'], {
    env: {
      ...process.env,
      PORT_BASE: String(portBase),
      DATA_DIR: dataDir,
      LOCAL_TENANT_CONTROL: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  const ready = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('ready ') && resolve(line))
    child.once('exit', () => reject(new Error(`npm start ended before it was ready:\n${lines.join('\n')}`)))
  })
  return {
    ...JSON.parse(ready.slice('ready '.length)),
    dataDir,
    log: () => lines.join('\n'),
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      // npm itself is gone first: its output closes when the servers behind it have ended.
      await once(child, 'close')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
