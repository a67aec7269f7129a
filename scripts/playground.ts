/**
 * The plugin's playground: a plain Vue app with vue-router that logs in at a local tenant.
 *
 *     npx tsx scripts/playground.ts [memory|localstorage]
 */
import { demoSeed, startLocalTenant } from '../local-tenant/index.ts'
import { startPlayground } from '../plugin/testing/playground.ts'

const port = Number(process.env.PORT_BASE ?? 4880)
const storage = process.argv[2] === 'memory' ? 'memory' : 'localstorage'

const seed = demoSeed('preview', { callbackOrigins: [`http://localhost:${port + 1}`] })
const tenant = await startLocalTenant(seed, { port, control: true })
const { origin } = await startPlayground({
  port: port + 1,
  settings: () => ({
    connections: { preview: { domain: tenant.domain, clientId: seed.clients[1]?.client_id ?? '' } },
    rolesClaim: 'https://lowgate.example/roles',
    storage,
  }),
})

console.log(`Playground: ${origin} (tokens in ${storage})`)
for (const { email, password } of seed.users ?? []) if (password) console.log(`  ${email}  ${password}`)
