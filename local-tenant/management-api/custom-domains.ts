import { Hono } from 'hono'
import type { Tenant } from '../state/tenant.ts'
import { requireScope } from './authorization.ts'
import { notFound } from './errors.ts'

export function customDomainRoutes(tenant: Tenant): Hono {
  const app = new Hono()
  const { customDomains } = tenant.directory
  const read = requireScope(tenant, 'read:custom_domains')
  app.get('/', read, (c) => c.json(customDomains))
  app.get('/:id', read, (c) => {
    const domain = customDomains.find(({ custom_domain_id }) => custom_domain_id === c.req.param('id'))
    if (!domain) throw notFound('The custom domain does not exist', 'inexistent_custom_domain')
    return c.json(domain)
  })
  return app
}
