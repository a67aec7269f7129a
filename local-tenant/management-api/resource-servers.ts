import { Hono } from 'hono'
import type { ResourceServer } from '../seeds/schema.ts'
import type { Tenant } from '../state/tenant.ts'
import { requireScope } from './authorization.ts'
import { notFound } from './errors.ts'
import { omit } from './omit.ts'
import { checkpointPage, offsetPage, selectFields } from './paging.ts'
import { parseSearch } from './search-expression.ts'
import type { SearchIndex } from './search-index.ts'

export function resourceServerRoutes(tenant: Tenant, index: SearchIndex): Hono {
  const app = new Hono()
  const { resourceServers } = tenant.directory
  const read = requireScope(tenant, 'read:resource_servers')
  const visible = (server: ResourceServer) => omit(server, 'signing_secret')

  app.get('/', read, (c) => {
    const identifiers = c.req.queries('identifiers')
    const found = [...resourceServers.values()].filter(
      ({ identifier }) => !identifiers || identifiers.includes(identifier),
    )
    return c.json(
      offsetPage(selectFields(found.map(visible), c.req.query()), c.req.query(), 'resource_servers'),
    )
  })
  app.get('/search', read, (c) => {
    const query = c.req.query()
    const found = index
      .view(resourceServers)
      .filter(parseSearch(query.q, query.parser, ['name', 'identifier']))
    return c.json(checkpointPage(selectFields(found.map(visible), query), query, 'resource_servers'))
  })
  app.get('/:id', read, (c) => {
    const id = c.req.param('id')
    const server = [...resourceServers.values()].find(
      (candidate) => candidate.id === id || candidate.identifier === id,
    )
    if (!server) throw notFound('The resource server does not exist', 'inexistent_resource_server')
    return c.json(visible(server))
  })
  return app
}
