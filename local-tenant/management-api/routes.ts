import { Hono, type Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { RunningTenant } from '../tenant/tenant.ts'
import { readToken, type ManagementToken } from './authorization.ts'
import { readBody } from './body.ts'
import { invalidBody, invalidQuery, ManagementApiError, notFound } from './errors.ts'
import { logOperation } from './logs.ts'
import { methodOf, pathOf, type Operation } from './operation.ts'
import { operations } from './operations.ts'
import { rateLimit } from './rate-limit.ts'
import { refuseByPlan } from './plans.ts'
import { createSearchIndex, type SearchIndex } from './search-index.ts'
import { sdkOperations, type SdkOperation } from './sdk-operations.ts'

const implemented = new Map(operations.map((each) => [signatureOf(each.on), each]))
const known = new Map(sdkOperations.map((each) => [signatureOf(each.on), each]))
/** What the tenant does and what it only knows of, fixed words before parameters. */
const everything = [...new Set([...implemented.keys(), ...known.keys()])].sort()

/** Auth0's Management API, version 2. */
export function managementApi(tenant: RunningTenant): Hono<{ Variables: { token: ManagementToken } }> {
  const app = new Hono<{ Variables: { token: ManagementToken } }>()
  const index = createSearchIndex(tenant.clock, () => tenant.directory.settings.search_delay ?? 0)
  app.use(rateLimit(tenant))
  app.use(async (c, next) => {
    c.set('token', await readToken(tenant, c.req.header('authorization')))
    await next()
  })
  for (const signature of everything) {
    const found = implemented.get(signature)
    const sdk = known.get(signature)
    const { on } = found ?? sdk ?? { on: signature }
    app.on(methodOf({ on }), pathOf({ on }), (c) => {
      refuseByPlan(tenant, on)
      if (!found) throw notImplemented(on, sdk)
      return answer(c, { tenant, index, operation: found, sdk, token: c.get('token') })
    })
  }
  app.all('*', () => {
    throw notFound('Not Found')
  })
  app.onError((error, c) => {
    if (error instanceof ManagementApiError) return c.json(error.toBody(), error.status)
    throw error
  })
  return app
}

interface Call {
  tenant: RunningTenant
  index: SearchIndex
  operation: Operation
  sdk: SdkOperation | undefined
  token: ManagementToken
}

async function answer(c: Context, { tenant, index, operation, sdk, token }: Call): Promise<Response> {
  const { scopes, clientId } = token
  if (operation.scopes.length > 0 && !operation.scopes.some((scope) => scopes.includes(scope))) {
    const message = `Insufficient scope, expected any of: ${operation.scopes.join(',')}`
    throw new ManagementApiError(403, message, 'insufficient_scope')
  }
  const query = c.req.query()
  checkQuery(query, [...(sdk?.query ?? []), ...(operation.query ?? [])])
  const body = operation.body && readBody(operation.body, await readJson(c))
  const result = await operation.handle({
    tenant,
    index,
    param: (name) => c.req.param(name) ?? '',
    query,
    queries: (name) => c.req.queries(name),
    body,
    scopes,
    clientId,
    context: c,
  })
  logOperation(tenant, { operation, clientId, context: c })
  if (result instanceof Response) return result
  return result === undefined ? c.body(null, 204) : c.json(result, operation.status ?? statusOf(operation))
}

function statusOf(operation: Operation): ContentfulStatusCode {
  return methodOf(operation) === 'POST' ? 201 : 200
}

/** Auth0 refuses parameters that it does not know. */
function checkQuery(query: Record<string, string>, names: string[]): void {
  const unknown = Object.keys(query).filter((name) => !names.includes(name))
  if (unknown.length > 0) throw invalidQuery(`Additional properties not allowed: ${unknown.join(',')}`)
}

async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text()
  if (!text) return {}
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw invalidBody('The body is not valid JSON')
  }
}

function notImplemented(on: string, sdk: SdkOperation | undefined): ManagementApiError {
  const message = `The local tenant does not answer ${on}${sdk ? ` (${sdk.name} of the SDK)` : ''}. Auth0 does: ask a real tenant.`
  return new ManagementApiError(501, message, 'not_implemented')
}

/** The same for two spellings of one route, and sorting fixed words before parameters. */
function signatureOf(on: string): string {
  return on.replace(/:\w+/g, '~')
}
