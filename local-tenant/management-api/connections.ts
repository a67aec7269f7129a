import { Hono } from 'hono'
import type { Tenant } from '../state/tenant.ts'
import { requireScope } from './authorization.ts'
import { notFound } from './errors.ts'
import { eitherPage, selectFields } from './paging.ts'

export function connectionRoutes(tenant: Tenant): Hono {
  const app = new Hono()
  const { connections } = tenant.directory
  const read = requireScope(tenant, 'read:connections')

  app.get('/', read, (c) => {
    const query = c.req.query()
    const strategies = c.req.queries('strategy')
    const found = [...connections.values()].filter(
      ({ strategy, name }) =>
        (!strategies || strategies.includes(strategy)) && (query.name === undefined || query.name === name),
    )
    return c.json(eitherPage(selectFields(found, query), query, 'connections'))
  })
  app.get('/:id', read, (c) => {
    const connection = connections.get(c.req.param('id'))
    if (!connection) throw notFound('The connection does not exist', 'inexistent_connection')
    return c.json(selectFields([connection], c.req.query())[0])
  })
  return app
}
