import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './child.ts'
import { packageOf, type CheckedClient } from './clients.ts'
import { servePage } from './serve-page.ts'
import { freePort, startTenants, type ClientTenant } from './tenants.ts'
import { visitApplication } from './visit-application.ts'

/** What a client's application is told. */
export interface ClientSettings {
  /** Where the application is: `http://localhost:4567`. */
  origin: string
  tenant: ClientTenant
  /** Two more, with an application for the Management API and nothing else. */
  empty: ClientTenant[]
}

export interface CheckResult {
  /** What was done, in order. */
  done: string[]
  /** What went wrong, when something did. */
  failed?: string
}

/** How long a client may take, in milliseconds. */
const STARTING = 120_000
const WORKING = 180_000

/** Runs the client that is installed in `folder` against a fresh local tenant. Failures are in the result. */
export async function runClient(client: CheckedClient, folder: string): Promise<CheckResult> {
  const origin = `http://localhost:${await freePort()}`
  const { tenant, empty, certificates, close } = await startTenants(origin, client.tenant ?? 'http')
  const settings: ClientSettings = { origin, tenant, empty }
  try {
    if (client.runs === 'page') {
      const page = await servePage(folder, settings)
      return await visitApplication(settings).finally(page.close)
    }
    const trusted = join(folder, 'certificates.pem')
    writeFileSync(trusted, certificates)
    const child = startChild(folder, {
      NODE_EXTRA_CA_CERTS: trusted,
      CLIENT_SETTINGS: JSON.stringify(settings),
    })
    try {
      if (client.runs === 'program') return await child.answer<CheckResult>(WORKING)
      await child.answer(STARTING)
      return await visitApplication(settings)
    } finally {
      child.end()
    }
  } catch (error) {
    return { done: [], failed: `${packageOf(client).name} ${error instanceof Error ? error.message : ''}` }
  } finally {
    await close()
  }
}
