import { createRoute, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import {
  problem,
  type Handled,
  type ProjectRole,
  type ProxyApi,
  type ProxyEndpoint,
} from 'lowgate/contract/proxy-api'
import { environments } from 'lowgate/contract'
import { proxyError } from '../errors.ts'
import { requireEnvironment, requireRole, type Caller } from '../secrets/editor-tokens.ts'
import { withDeadline } from './deadline.ts'
import { readJson } from './json-body.ts'
import { commonErrors, statusOf } from './problem.ts'
import type { AppEnv } from './variables.ts'

type Handler<E extends ProxyEndpoint> = (
  request: Handled<E> & { caller: Caller },
  /** Aborted when the caller was answered that it took too long: nothing may be written from then on. */
  signal: AbortSignal,
  /** For what is not in the endpoint’s row: headers. */
  c: Context<AppEnv>,
) => Promise<E['reply'] extends z.ZodType ? z.input<E['reply']> : undefined>

/** One handler for each of the contract's endpoints. */
export type Handlers = { [K in keyof ProxyApi]: Handler<ProxyApi[K]> }

/** The proxy's endpoints answer at once, and a success with 200 or 204. */
export type PlainEndpoint = ProxyEndpoint & { readonly step?: never; readonly status?: never }

/** Mounts an endpoint of the contract as a route and into the OpenAPI document. */
export function mount(
  app: OpenAPIHono<AppEnv>,
  name: string,
  endpoint: PlainEndpoint,
  { handler, timeout }: { handler: Handler<ProxyEndpoint>; timeout: number },
): void {
  const route = createRoute({
    operationId: name,
    method: endpoint.method,
    path: endpoint.path,
    summary: endpoint.summary,
    description: describeRoute(endpoint),
    ...(endpoint.isPublic && { security: [] }),
    middleware: [
      ...(endpoint.role ? [allow(endpoint.role)] : []),
      ...(endpoint.body ? [readJson] : []),
    ] as const,
    request: {
      params: endpoint.params,
      query: endpoint.query,
      ...(endpoint.body && {
        body: { required: true, content: { 'application/json': { schema: endpoint.body } } },
      }),
    },
    responses: { ...success(endpoint), ...failures(endpoint) },
  })
  // An endpoint that asks no tenant waits only for the database.
  const tooLate = () =>
    proxyError(endpoint.errors.includes('proxy/timeout') ? 'proxy/timeout' : 'proxy/not-ready')
  app.openapi(route, (async (c: Context<AppEnv>) => {
    const valid = (part: 'param' | 'query' | 'json') => c.req.valid(part as never)
    const request = {
      params: endpoint.params && valid('param'),
      query: endpoint.query && valid('query'),
      body: endpoint.body && valid('json'),
      caller: c.var.caller,
    } as never
    const reply = await withDeadline(timeout, tooLate, (signal) => handler(request, signal, c))
    // Parsed once more on the way out: what the schema does not name does not leave.
    return endpoint.reply ? c.json(endpoint.reply.parse(reply)) : c.body(null, 204)
  }) as never)
}

/** Lets callers through whose role is enough, to the environments that they reach. */
const allow =
  (role: ProjectRole): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    requireRole(c.var.caller, role)
    const environment = environments.find((known) => known === c.req.param('environment'))
    // Anything else in its place is the schema's to refuse, by the name of the field.
    if (environment) requireEnvironment(c.var.caller, environment)
    await next()
  }

const describeRoute = ({ role, description }: ProxyEndpoint) =>
  [role && `Needs the role ${role}.`, description].filter(Boolean).join(' ')

const success = ({ reply, summary }: ProxyEndpoint): RouteConfig['responses'] =>
  reply
    ? { 200: { description: summary, content: { 'application/json': { schema: reply } } } }
    : { 204: { description: summary } }

function failures({ errors, isPublic }: ProxyEndpoint) {
  const codes = [...(isPublic ? [] : commonErrors), ...errors] as (keyof typeof statusOf)[]
  const schema = problem
  return Object.fromEntries(
    codes.map((code) => {
      const description = codes.filter((other) => statusOf[other] === statusOf[code]).join(', ')
      return [statusOf[code], { description, content: { 'application/json': { schema } } }]
    }),
  )
}
