import { Hono } from 'hono'
import { codeOf } from '../actions/compile.ts'
import type { Action } from '../seeds/actions.ts'
import type { Tenant } from '../state/tenant.ts'
import { requireScope } from './authorization.ts'
import { notFound } from './errors.ts'
import { offsetPage } from './paging.ts'

export function actionRoutes(tenant: Tenant): Hono {
  const app = new Hono()
  const read = requireScope(tenant, 'read:actions')
  const actions = tenant.directory.actions.map((action) => toWire(action))
  app.get('/actions', read, (c) => {
    const { actionName, deployed, ...query } = c.req.query()
    const found = actions.filter(
      (action) =>
        (!actionName || action.name === actionName) &&
        (!deployed || String(action.all_changes_deployed) === deployed),
    )
    return c.json(offsetPage(found, { ...query, include_totals: 'true' }, 'actions'))
  })
  app.get('/actions/:id', read, (c) => {
    const action = actions.find(({ id }) => id === c.req.param('id'))
    if (!action) throw notFound('That action does not exist.', 'inexistent_action')
    return c.json(action)
  })
  app.get('/triggers/:trigger/bindings', read, (c) => {
    const bound =
      c.req.param('trigger') === 'post-login' ? actions.filter((action) => action.all_changes_deployed) : []
    const bindings = bound.map((action) => ({
      id: `binding-${action.id}`,
      trigger_id: 'post-login',
      display_name: action.name,
      action,
    }))
    return c.json(offsetPage(bindings, { ...c.req.query(), include_totals: 'true' }, 'bindings'))
  })
  return app
}

function toWire(action: Action & { id: string }) {
  const { id, name, deployed = true } = action
  return {
    id,
    name,
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code: codeOf(action),
    dependencies: [],
    runtime: 'node22',
    status: 'built',
    secrets: [],
    all_changes_deployed: deployed,
  }
}
