import { TokenError, toAnswer } from './errors.ts'
import type { AccessToken, Requirements, Verifier } from './verifier.ts'

/**
 * A handler of `fetch`'s form that is reached with a token only: edge runtimes, Bun, Deno, Next.js.
 *
 * @example
 * import { createVerifier } from '@lowgate/proxy/verify'
 *
 * const verifier = createVerifier({ domain: 'acme.eu.auth0.com', audience: 'https://api.acme.example' })
 * export default { fetch: withToken(verifier, {}, (request, token) => Response.json({ hello: token.userId })) }
 */
export const withToken =
  (
    verifier: Verifier,
    requirements: Requirements,
    handler: (request: Request, token: AccessToken) => Response | Promise<Response>,
  ) =>
  async (request: Request): Promise<Response> => {
    let token: AccessToken
    try {
      token = await verifier.verify(request, requirements)
    } catch (error) {
      return toResponse(error)
    }
    return handler(request, token)
  }

/** @throws whatever is not a refusal. */
function toResponse(error: unknown): Response {
  if (!(error instanceof TokenError)) throw error
  const { body, ...init } = toAnswer(error)
  return new Response(JSON.stringify(body), init)
}

/** What is used of Hono's context. */
interface HonoContext {
  req: { raw: Request }
  set(name: 'token', value: AccessToken): void
}

/**
 * A middleware of Hono: `context.var.token` is the token.
 *
 * @example
 * import { createVerifier } from '@lowgate/proxy/verify'
 * import { Hono } from 'hono'
 * import type { AccessToken } from '@lowgate/proxy/verify'
 *
 * const verifier = createVerifier({ domain: 'acme.eu.auth0.com', audience: 'https://api.acme.example' })
 * const app = new Hono<{ Variables: { token: AccessToken } }>()
 * app.get('/orders', honoToken(verifier, { permissions: ['read:orders'] }), (c) => c.text(c.var.token.userId))
 */
export const honoToken =
  (verifier: Verifier, requirements?: Requirements) =>
  async (context: HonoContext, next: () => Promise<void>): Promise<Response | undefined> => {
    try {
      context.set('token', await verifier.verify(context.req.raw, requirements))
    } catch (error) {
      return toResponse(error)
    }
    await next()
    return undefined
  }

/** What is used of the requests of Express and Fastify. */
interface NodeRequest {
  method?: string | undefined
  url?: string | undefined
  headers: {
    authorization?: string | undefined
    host?: string | undefined
    dpop?: string | string[] | undefined
  }
  /** `https` where the framework knows it. */
  protocol?: string
  /** The whole path, where a router cuts `url`. */
  originalUrl?: string
}

const verifyNode = (verifier: Verifier, request: NodeRequest, requirements: Requirements | undefined) => {
  const { headers, method = 'GET', url = '/', originalUrl = url, protocol = 'http' } = request
  return verifier.verify(
    {
      authorization: headers.authorization,
      dpop: String(headers.dpop ?? ''),
      method,
      url: `${protocol}://${headers.host ?? 'localhost'}${originalUrl}`,
    },
    requirements,
  )
}

interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown
  end(body: string): unknown
}

/**
 * A middleware of Express: `request.token` is the token.
 *
 * @example
 * import { createVerifier } from '@lowgate/proxy/verify'
 * import express from 'express'
 *
 * const verifier = createVerifier({ domain: 'acme.eu.auth0.com', audience: 'https://api.acme.example' })
 * express().use('/orders', expressToken(verifier, { roles: ['manager'] }))
 */
export const expressToken =
  (verifier: Verifier, requirements?: Requirements) =>
  async (request: NodeRequest, response: NodeResponse, next: (error?: unknown) => void): Promise<void> => {
    try {
      Object.assign(request, { token: await verifyNode(verifier, request, requirements) })
    } catch (error) {
      if (!(error instanceof TokenError)) {
        next(error)
        return
      }
      const { status, headers, body } = toAnswer(error)
      response.writeHead(status, headers)
      response.end(JSON.stringify(body))
      return
    }
    next()
  }

interface FastifyReply {
  code(status: number): unknown
  headers(headers: Record<string, string>): unknown
  send(body: unknown): unknown
}

/**
 * An `onRequest` hook of Fastify: `request.token` is the token.
 *
 * @example
 * import { createVerifier } from '@lowgate/proxy/verify'
 * import { fastify } from 'fastify'
 *
 * const verifier = createVerifier({ domain: 'acme.eu.auth0.com', audience: 'https://api.acme.example' })
 * fastify().addHook('onRequest', fastifyToken(verifier, { organization: 'acme-north' }))
 */
export const fastifyToken =
  (verifier: Verifier, requirements?: Requirements) =>
  async (request: NodeRequest, reply: FastifyReply): Promise<unknown> => {
    try {
      Object.assign(request, { token: await verifyNode(verifier, request, requirements) })
      return undefined
    } catch (error) {
      if (!(error instanceof TokenError)) throw error
      const { status, headers, body } = toAnswer(error)
      reply.code(status)
      reply.headers(headers)
      reply.send(body)
      return reply
    }
  }
