import { ManagementClient } from 'auth0'
import type { BenchTenant, Kind } from './bench-tenant.ts'

/** Lists everything as the SDK's documentation shows, with its own paging, retries and waits. */
export async function listEverything({ domain, credentials }: BenchTenant, kind: Kind, signal?: AbortSignal) {
  const seen = { calls: 0, refused: 0, items: 0, time: 0 }
  const overHttp: typeof fetch = async (input, init) => {
    const url = new URL(String(input))
    url.protocol = 'http:'
    const response = await fetch(url, init)
    if (url.pathname.startsWith('/api/v2')) {
      seen.calls += 1
      if (response.status === 429) seen.refused += 1
    }
    return response
  }
  const management = new ManagementClient({
    domain,
    clientId: credentials.m2mClientId,
    clientSecret: credentials.m2mClientSecret,
    fetch: overHttp,
  })
  const started = performance.now()
  const pages = kind === 'applications' ? management.clients.list() : management.organizations.list()
  for await (const item of await pages) {
    if (item.name) seen.items += 1
    if (signal?.aborted) break
  }
  seen.time = performance.now() - started
  return seen
}
