import { Hono } from 'hono'
import type { Organization } from '../seeds/schema.ts'
import type { Tenant } from '../state/tenant.ts'
import { requireScope } from './authorization.ts'
import { notFound } from './errors.ts'
import { omit } from './omit.ts'
import { checkpointPage, eitherPage, selectFields } from './paging.ts'
import { parseSearch } from './search-expression.ts'
import type { SearchIndex } from './search-index.ts'

export function organizationRoutes(tenant: Tenant, index: SearchIndex): Hono {
  const app = new Hono()
  const { organizations, users, connections } = tenant.directory
  const read = requireScope(tenant, 'read:organizations', 'read:organizations_summary')

  function find(id: string): Organization {
    const organization = organizations.get(id)
    if (!organization) throw notFound('No organization found by that id or name')
    return organization
  }

  app.get('/', read, (c) =>
    c.json(eitherPage([...organizations.values()].map(publicPart), c.req.query(), 'organizations')),
  )

  app.get('/search', read, (c) => {
    const query = c.req.query()
    const found = index
      .view(organizations)
      .filter(parseSearch(query.q, query.parser, ['name', 'display_name']))
    return c.json(checkpointPage(found.map(publicPart), query, 'organizations'))
  })

  app.get('/name/:name', read, (c) => {
    const named = [...organizations.values()].find(({ name }) => name === c.req.param('name'))
    return c.json(publicPart(find(named?.id ?? '')))
  })

  app.get('/:id', read, (c) => c.json(publicPart(find(c.req.param('id')))))

  app.get('/:id/members', requireScope(tenant, 'read:organization_members'), (c) => {
    const query = c.req.query()
    const members = (find(c.req.param('id')).members ?? []).flatMap(({ user_id, roles }) => {
      const user = users.get(user_id)
      if (!user) return []
      const { name, email, picture } = user
      return [
        { user_id, name, email, picture, ...(query.fields?.includes('roles') && { roles: roleRefs(roles) }) },
      ]
    })
    return c.json(eitherPage(selectFields(members, query), query, 'members'))
  })

  app.get('/:id/enabled_connections', requireScope(tenant, 'read:organization_connections'), (c) => {
    const enabled = (find(c.req.param('id')).enabled_connections ?? []).map((entry) => {
      const { name, strategy } = connections.get(entry.connection_id) ?? {}
      return { assign_membership_on_login: false, ...entry, connection: { name, strategy } }
    })
    return c.json(eitherPage(enabled, c.req.query(), 'enabled_connections'))
  })

  function roleRefs(names: string[] = []) {
    return [...tenant.directory.roles.values()]
      .filter(({ name }) => names.includes(name))
      .map(({ id, name }) => ({ id, name }))
  }

  return app
}

/** Members, connections and invitations have endpoints of their own. */
function publicPart(organization: Organization): object {
  return omit(organization, 'members', 'enabled_connections', 'invitations')
}
