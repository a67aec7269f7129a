import { Hono } from 'hono'
import type { Tenant } from '../state/tenant.ts'
import { requireScope } from './authorization.ts'
import { eitherPage } from './paging.ts'

export function clientGrantRoutes(tenant: Tenant): Hono {
  const app = new Hono()
  app.get('/', requireScope(tenant, 'read:client_grants'), (c) => {
    const { client_id, audience, ...query } = c.req.query()
    const found = tenant.directory.clientGrants.filter(
      (grant) => (!client_id || grant.client_id === client_id) && (!audience || grant.audience === audience),
    )
    return c.json(eitherPage(found, query, 'client_grants'))
  })
  return app
}
