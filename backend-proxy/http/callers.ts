import type { Context, MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { editorHeader, proxyApi } from 'lowgate/contract/proxy-api'
import { proxyError } from '../errors.ts'
import type { Caller } from '../secrets/editor-tokens.ts'
import type { AppEnv } from './variables.ts'

/** Answered without a token; every other path needs one, whether it exists or not. */
const publicPaths = new Set<string>([
  '/openapi.json',
  ...Object.values(proxyApi).flatMap((endpoint) => ('isPublic' in endpoint ? [endpoint.path] : [])),
])

const safeMethods = new Set(['GET', 'HEAD'])

/** A web server asks here, and hands on the headers of whatever page its visitor is on. */
const isForServers = (c: Context) => c.req.path === proxyApi.verify.path

/** What `Sec-Fetch-Site` says of requests without an origin that no page of another site makes: a program's have none. */
const ownSites = new Set([undefined, 'none', 'same-origin'])

/** Lets pages of the given origins call, and refuses every request that a page of another origin makes. */
export function allowOrigins(allowed: readonly string[]): MiddlewareHandler<AppEnv>[] {
  const refuseForeign: MiddlewareHandler = async (c, next) => {
    if (isForServers(c)) return next()
    const origin = c.req.header('origin')
    const isForeign =
      origin === undefined ? !ownSites.has(c.req.header('sec-fetch-site')) : !allowed.includes(origin)
    if (isForeign) throw proxyError('proxy/forbidden')
    await next()
  }
  const answerPages = cors({
    origin: [...allowed],
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['authorization', 'content-type', editorHeader.name],
    exposeHeaders: ['retry-after', 'x-request-id'],
    maxAge: 600,
  })
  // Without an origin nobody asks for permission, and OPTIONS needs the token as everything else does.
  return [
    refuseForeign,
    (c, next) => (c.req.header('origin') === undefined || isForServers(c) ? next() : answerPages(c, next)),
  ]
}

/** Asks for a token, and on changing requests for the header that no form on another site can send. */
export function requireToken(options: {
  /** Who has this token; `undefined` when nobody does. */
  findCaller: (token: string) => Promise<Caller | undefined>
  /** Called before a request with a wrong token is refused: it may be one guess of many. */
  onGuess: (c: Context<AppEnv>) => Promise<void>
}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (publicPaths.has(c.req.path) && safeMethods.has(c.req.method)) return next()
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const caller = token && (await options.findCaller(token))
    if (!caller) {
      if (token) await options.onGuess(c)
      throw proxyError('proxy/unauthorized')
    }
    c.set('caller', caller)
    if (!safeMethods.has(c.req.method) && c.req.header(editorHeader.name) !== editorHeader.value)
      throw proxyError('proxy/forbidden')
    await next()
  }
}
