/**
 * How soon a builder can pick one of many applications and organizations, against listing them with Auth0's SDK as
 * its documentation shows. Both run against local tenants on Auth0's free plan, in turn, on the same machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBackendProxy } from '../../backend-proxy/index.ts'
import { editorHeader, type ListPage } from '../../contract/proxy-api/index.ts'
import { manyEntities, startBenchTenant, type BenchTenant, type Kind } from './lists/bench-tenant.ts'
import { bytesWritten, forgetBytes } from './lists/count-bytes.ts'
import { listEverything } from './lists/sdk-listing.ts'
import { median, report } from './lists/report.ts'

const rounds = 5
const operatorToken = 'operator-token-of-the-benchmark'

/** A proxy that starts from nothing, as after a restart. */
async function withProxy<T>(tenant: BenchTenant, use: (read: ReadList) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lowgate-bench-'))
  const proxy = await startBackendProxy({
    dataDir,
    port: 0,
    operatorToken,
    localTenants: [tenant.domain],
    logLevel: 'silent',
  })
  const read: ReadList = async (kind, search) => {
    const response = await fetch(`${proxy.url}/projects/bench/environments/preview/lists/${kind}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${operatorToken}`,
        'content-type': 'application/json',
        [editorHeader.name]: editorHeader.value,
      },
      body: JSON.stringify({ credentials: tenant.credentials, search }),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as ListPage
  }
  try {
    return await use(read)
  } finally {
    await proxy.close()
    rmSync(dataDir, { recursive: true })
  }
}

type ReadList = (kind: Kind, search?: string) => Promise<ListPage>

/** Opens the picker, types a name, and has the item: calls, refusals, milliseconds. */
async function pick(tenant: BenchTenant, kind: Kind, name: string) {
  await sleep(1_100) // so that no round spends the limit of the next
  await tenant.forgetRequests()
  return withProxy(tenant, async (read) => {
    const started = performance.now()
    await read(kind)
    const { items } = await read(kind, name)
    const time = performance.now() - started
    if (!items.some(({ label }) => label === name)) throw new Error(`${name} was not found.`)
    return { time, ...(await tenant.requests()) }
  })
}

const large = await startBenchTenant(4780, {
  plan: 'free',
  ...manyEntities({ applications: 5_000, organizations: 20_000 }),
})
const anchorLarge = await startBenchTenant(4781, { plan: 'free', ...manyEntities({ applications: 5_000 }) })
const anchorOrganizations = await startBenchTenant(4782, {
  plan: 'free',
  ...manyEntities({ organizations: 20_000 }),
})
const thousand = await startBenchTenant(4783, { plan: 'unlimited', ...manyEntities({ applications: 1_000 }) })

// The anchor takes a minute, and the organizations several: only the applications are awaited, and counted against us.
const stop = new AbortController()
const organizationsListing = listEverything(anchorOrganizations, 'organizations', stop.signal)
const anchor = await listEverything(anchorLarge, 'applications')
stop.abort()
const unfinished = await organizationsListing
console.log(
  `# anchor: 5000 applications took ${String(anchor.calls)} calls, ${String(anchor.refused)} of them refused with 429; ` +
    `meanwhile ${String(unfinished.items)} of 20000 organizations arrived, in ${String(unfinished.calls)} calls`,
)

const picks = []
for (let round = 0; round < rounds; round += 1) {
  picks.push(await pick(large, 'applications', `Application ${String(4_999 - round * 1_111)}`))
  picks.push(await pick(large, 'organizations', `Organization ${String(19_999 - round * 4_321)}`))
}
const refused = picks.reduce((sum, one) => sum + one.refused, 0)
console.log(`# ours: ${String(picks.length)} picks, ${String(refused)} requests refused with 429`)
report('pick-calls', Math.max(...picks.map(({ calls }) => calls)), anchor.calls, 'requests')
report('pick-time', median(picks.map(({ time }) => time)), anchor.time, 'ms')

forgetBytes()
await listEverything(thousand, 'applications')
const fullBytes = bytesWritten()
const again = await listEverything(thousand, 'applications')
await withProxy(thousand, async (read) => {
  // Both ways: what the tenant sent to the proxy, and what the proxy sent to the browser.
  forgetBytes()
  await read('applications')
  report('picker-bytes', bytesWritten(), fullBytes, 'bytes')
  await thousand.forgetRequests()
  await read('applications')
  report('reopen-calls', (await thousand.requests()).calls, again.calls, 'requests')
})

await Promise.all([large, anchorLarge, anchorOrganizations, thousand].map((tenant) => tenant.close()))
if (refused) process.exitCode = 1
