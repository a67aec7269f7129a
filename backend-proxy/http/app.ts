import { OpenAPIHono } from '@hono/zod-openapi'
import { secureHeaders } from 'hono/secure-headers'
import type { Logger } from 'pino'
import { projectParams, proxyApi } from 'lowgate/contract/proxy-api'
import { proxyError, underlying } from '../errors.ts'
import { requireProject, type Caller } from '../secrets/editor-tokens.ts'
import { TokenError, toAnswer } from '../verify/index.ts'
import { allowOrigins, requireToken } from './callers.ts'
import { createClientAddress } from './client-address.ts'
import { limitBody } from './json-body.ts'
import { mount, type Handlers, type PlainEndpoint } from './mount.ts'
import { statusOf, toAnswerable, toProblem } from './problem.ts'
import { createRateLimit } from './rate-limit.ts'
import type { AppEnv } from './variables.ts'

const projectName = projectParams.shape.project

export interface AppOptions {
  handlers: Handlers
  /** Milliseconds after which a request is given up. */
  timeout: number
  log: Logger
  /** Who has this token; `undefined` when nobody does. */
  findCaller: (token: string) => Promise<Caller | undefined>
  allowedOrigins: readonly string[]
  trustedProxies: readonly string[]
  /** Requests a minute for each project. */
  rateLimit: number
}

/** The proxy's HTTP side: who may call, in which form, and what an error looks like. */
export function createApp(options: AppOptions): OpenAPIHono<AppEnv> {
  const { handlers, timeout, log, findCaller, allowedOrigins, trustedProxies, rateLimit } = options
  const clientAddress = createClientAddress(trustedProxies)
  const limitProject = createRateLimit(rateLimit)
  const limitGuesses = createRateLimit(60)

  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      const fields = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
      throw proxyError('proxy/invalid-input', { fields })
    },
  })

  app.use(async (c, next) => {
    const requestId = crypto.randomUUID()
    const started = performance.now()
    c.set('requestId', requestId)
    c.set('log', log.child({ request_id: requestId }))
    await next()
    c.header('x-request-id', requestId)
    c.header('cache-control', 'no-store')
    const { method } = c.req
    // Somebody may have put a token into the address by mistake.
    const path = c.req.path.replace(/lg[eo]_[\w-]+/g, '[token]')
    c.var.log.info(
      {
        method,
        path,
        status: c.res.status,
        ms: Math.round(performance.now() - started),
        from: clientAddress(c),
      },
      'request',
    )
  })
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      xFrameOptions: 'DENY',
    }),
  )
  app.use(...allowOrigins(allowedOrigins))
  app.use(requireToken({ findCaller, onGuess: (c) => limitGuesses(clientAddress(c)) }))
  app.use('/projects/:project/*', async (c, next) => {
    // Names that cannot be are counted as one: nobody fills the memory with them.
    const { data } = projectName.safeParse(c.req.param('project'))
    // Before it is counted: nobody uses up the limit of a project that is not theirs.
    requireProject(c.var.caller, data)
    await limitProject(data ?? '')
    await next()
  })
  app.use(limitBody)

  for (const [name, endpoint] of Object.entries<PlainEndpoint>(proxyApi))
    mount(app, name, endpoint, {
      handler: handlers[name as keyof Handlers] as never,
      timeout,
    })
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description:
      'An editor token of the project, or the operator token, which has every role in every project.',
  })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Lowgate backend proxy', version: '1' },
    security: [{ token: [] }],
  })

  app.notFound(() => {
    throw proxyError('proxy/not-found')
  })
  app.onError((error, c) => {
    const refusal = underlying(error)
    if (refusal instanceof TokenError) {
      const { status, headers, body } = toAnswer(refusal)
      c.var.log[status >= 500 ? 'error' : 'debug']({ err: refusal }, 'refused an access token')
      return c.json({ ...body, request_id: c.var.requestId }, status, headers)
    }
    const answer = toAnswerable(error)
    const status = statusOf[answer.code]
    c.var.log[status >= 500 ? 'error' : 'debug']({ err: answer }, 'answered with an error')
    const problem = toProblem(answer, c.var.requestId)
    if (problem.retry_after) c.header('retry-after', String(problem.retry_after))
    if (status === 401) c.header('www-authenticate', 'Bearer')
    return c.json(problem, status)
  })
  return app
}
