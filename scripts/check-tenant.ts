import { parseArgs } from 'node:util'
import { compareTenants } from '../local-tenant/conformance/compare-tenants.ts'
import { demoSeed, startLocalTenant } from '../local-tenant/index.ts'

/**
 * Compares a real tenant's answers with the local tenant's, changing nothing.
 * Needs a machine-to-machine application with the four reading scopes of the README.
 */
const { values } = parseArgs({
  options: {
    domain: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
  },
})
const { domain, 'client-id': clientId, 'client-secret': clientSecret } = values

async function check(): Promise<void> {
  if (!domain || !clientId || !clientSecret) {
    throw new Error(
      'Usage: npm run check:tenant -- --domain acme.eu.auth0.com --client-id ID --client-secret SECRET',
    )
  }
  const seed = demoSeed('preview', { callbackOrigins: ['http://localhost:3000'] })
  const local = await startLocalTenant(seed, { port: 0 })
  const m2m = seed.clients.find(({ app_type }) => app_type === 'non_interactive')
  try {
    const scheme = domain.startsWith('localhost:') ? 'http' : 'https'
    const comparisons = await compareTenants(
      { url: `${scheme}://${domain}`, clientId, clientSecret },
      { url: local.url, clientId: m2m?.client_id ?? '', clientSecret: m2m?.client_secret ?? '' },
    )
    const different = comparisons.filter(({ same }) => !same)
    for (const { name, same } of comparisons) console.log(`${same ? 'same     ' : 'DIFFERENT'}  ${name}`)
    for (const { name, real, local: ours } of different) {
      console.log(`\n${name}\n  ${domain}: ${JSON.stringify(real)}\n  local: ${JSON.stringify(ours)}`)
    }
    console.log(`\n${comparisons.length - different.length} the same, ${different.length} different.`)
    if (different.length > 0) {
      console.log(
        'Please report the differences, so that docs/local-tenant.md can say "known" where it says "unverified".',
      )
      process.exitCode = 1
    }
  } finally {
    await local.close()
  }
}

check().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
