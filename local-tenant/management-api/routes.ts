import { Hono } from 'hono'
import type { Tenant } from '../state/tenant.ts'
import { clientRoutes } from './clients.ts'
import { ManagementApiError, notFound } from './errors.ts'
import { organizationRoutes } from './organizations.ts'
import { resourceServerRoutes } from './resource-servers.ts'
import { connectionRoutes } from './connections.ts'
import { clientGrantRoutes } from './client-grants.ts'
import { customDomainRoutes } from './custom-domains.ts'
import { roleRoutes } from './roles.ts'
import { actionRoutes } from './actions.ts'
import { rateLimit } from './rate-limit.ts'
import { createSearchIndex } from './search-index.ts'

/** Auth0's Management API, version 2. */
export function managementApi(tenant: Tenant): Hono {
  const app = new Hono()
  const index = createSearchIndex(tenant.clock, () => tenant.directory.settings.search_delay ?? 0)
  app.use(rateLimit(tenant))
  app.route('/clients', clientRoutes(tenant, index))
  app.route('/resource-servers', resourceServerRoutes(tenant, index))
  app.route('/organizations', organizationRoutes(tenant, index))
  app.route('/connections', connectionRoutes(tenant))
  app.route('/client-grants', clientGrantRoutes(tenant))
  app.route('/custom-domains', customDomainRoutes(tenant))
  app.route('/roles', roleRoutes(tenant))
  app.route('/actions', actionRoutes(tenant))
  app.all('*', (c) => c.json(notFound('Not Found').toBody(), 404))
  app.onError((error, c) => {
    if (error instanceof ManagementApiError) return c.json(error.toBody(), error.status)
    throw error
  })
  return app
}
