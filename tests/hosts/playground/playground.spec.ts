import { test as base } from '@playwright/test'
import { demoSeed, startLocalTenant } from '@lowgate/local-tenant'
import { startPlayground } from '../../../plugin/testing/playground.ts'
import { casesFor } from '../support/kit.ts'

const test = base.extend<object, { site: { origin: string } }>({
  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const tenants: Awaited<ReturnType<typeof startLocalTenant>>[] = []
      const playground = await startPlayground({
        async settings(origin) {
          const seed = demoSeed('preview', { callbackOrigins: [origin] })
          const [, application] = seed.clients
          const tenant = await startLocalTenant(seed, { port: 0, control: true })
          tenants.push(tenant)
          return {
            connections: { preview: { domain: tenant.domain, clientId: application?.client_id ?? '' } },
            rolesClaim: 'https://lowgate.example/roles',
          }
        },
      })
      await use(playground)
      await Promise.all([playground, ...tenants].map((server) => server.close()))
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

const cases = casesFor({
  headlines: { open: 'Home', members: 'Private: members', managers: 'Private: managers' },
  visitor: '[data-part=user]',
  isPrivateFile: (address) => address.includes('/Private-'),
})
for (const { title, run } of cases) test(`The plugin’s playground: ${title}`, run)
