import { Hono } from 'hono'
import type { Tenant } from '../state/tenant.ts'
import { requireScope } from './authorization.ts'
import { notFound } from './errors.ts'
import { omit } from './omit.ts'
import { offsetPage } from './paging.ts'

export function roleRoutes(tenant: Tenant): Hono {
  const app = new Hono()
  const { roles, resourceServers } = tenant.directory
  const read = requireScope(tenant, 'read:roles')
  const find = (id: string) => {
    const role = roles.get(id)
    if (!role) throw notFound('The role does not exist', 'inexistent_role')
    return role
  }
  app.get('/', read, (c) => {
    const query = c.req.query()
    const wanted = query.name_filter?.toLowerCase() ?? ''
    const found = [...roles.values()].filter(({ name }) => name.toLowerCase().includes(wanted))
    return c.json(
      offsetPage(
        found.map((role) => omit(role, 'permissions')),
        query,
        'roles',
      ),
    )
  })
  app.get('/:id', read, (c) => {
    return c.json(omit(find(c.req.param('id')), 'permissions'))
  })
  app.get('/:id/permissions', read, (c) => {
    const permissions = (find(c.req.param('id')).permissions ?? []).map((permission) => ({
      ...permission,
      resource_server_name: [...resourceServers.values()].find(
        ({ identifier }) => identifier === permission.resource_server_identifier,
      )?.name,
    }))
    return c.json(offsetPage(permissions, c.req.query(), 'permissions'))
  })
  return app
}
