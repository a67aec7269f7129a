import { Hono } from 'hono'
import { clientSchema, type Client } from '../seeds/schema.ts'
import type { Tenant } from '../state/tenant.ts'
import { requireScope, scopesOf } from './authorization.ts'
import { ManagementApiError, notFound } from './errors.ts'
import { omit } from './omit.ts'
import { checkpointPage, offsetPage, selectFields, type Query } from './paging.ts'
import { parseSearch } from './search-expression.ts'
import type { SearchIndex } from './search-index.ts'

const secretScopes = ['read:client_keys', 'read:client_credentials']
/** Shown, but refused in a patch: who sends back what was read is told so, as at Auth0. */
const readOnly = ['client_id', 'tenant', 'global', 'signing_keys']
const unsearchable = ['client_secret', 'signing_keys', 'encryption_key', 'addons']

export function clientRoutes(tenant: Tenant, index: SearchIndex): Hono {
  const app = new Hono()
  const { clients } = tenant.directory
  const read = requireScope(tenant, 'read:clients', ...secretScopes)

  app.get('/', read, async (c) => {
    const query = c.req.query()
    const scopes = await scopesOf(tenant, c.req.header('authorization'))
    const found = [...clients.values()]
      .filter((client) => matches(client, query))
      .map((client) => visible(client, scopes))
    return c.json(offsetPage(selectFields(found, query), query, 'clients'))
  })

  app.get('/search', requireScope(tenant, 'read:clients', 'read:client_summary'), (c) => {
    const query = c.req.query()
    const found = index.view(clients).filter(parseSearch(query.q, query.parser))
    const shown = selectFields(
      found.map((client) => omit(client, ...unsearchable)),
      query,
    )
    return c.json(checkpointPage(shown, query, 'clients'))
  })

  app.get('/:id', read, async (c) => {
    const client = clients.get(c.req.param('id'))
    if (!client) throw notFound('The client does not exist', 'inexistent_client')
    const scopes = await scopesOf(tenant, c.req.header('authorization'))
    return c.json(selectFields([visible(client, scopes)], c.req.query())[0])
  })

  app.patch('/:id', requireScope(tenant, 'update:clients', 'update:client_keys'), async (c) => {
    const client = clients.get(c.req.param('id'))
    if (!client) throw notFound('The client does not exist', 'inexistent_client')
    const changes = readChanges(await c.req.json().catch(() => undefined))
    index.changed(client.client_id, structuredClone(client))
    Object.assign(client, changes)
    return c.json(omit(client, 'client_secret'))
  })

  return app
}

function matches(client: Client, { app_type, is_first_party }: Query): boolean {
  if (app_type && !app_type.split(',').includes(client.app_type ?? '')) return false
  return is_first_party === undefined || String(client.is_first_party ?? true) === is_first_party
}

function visible(client: Client, scopes: string[]): object {
  return secretScopes.some((scope) => scopes.includes(scope)) ? client : omit(client, 'client_secret')
}

function readChanges(body: unknown): Partial<Client> {
  const result = clientSchema.omit({ client_id: true }).partial().safeParse(body)
  if (!result.success) {
    const { message = '', path = [] } = result.error.issues[0] ?? {}
    throw invalidBody(message, path.join('.'))
  }
  const changes = result.data as Partial<Client>
  const fixed = readOnly.filter((name) => name in changes)
  if (fixed.length > 0) throw invalidBody(`Additional properties not allowed: ${fixed.join(',')}`)
  for (const [index, url] of changes.callbacks?.entries() ?? []) {
    if (URL.canParse(url)) continue
    throw invalidBody(`Object didn't pass validation for format callback-url: ${url}`, `callbacks[${index}]`)
  }
  return changes
}

function invalidBody(problem: string, property = ''): ManagementApiError {
  const place = property && ` on property ${property}`
  return new ManagementApiError(400, `Payload validation error: '${problem}'${place}.`, 'invalid_body')
}
