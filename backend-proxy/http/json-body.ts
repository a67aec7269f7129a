import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { largestRequest } from 'lowgate/contract/proxy-api'
import { proxyError, underlying } from '../errors.ts'

const maxDepth = 16
/** Characters that cannot be read are refused: replaced by others, they would be saved as if they had been typed. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])

const limit = bodyLimit({
  maxSize: largestRequest,
  onError: () => {
    throw proxyError('proxy/too-large')
  },
})

/** Refuses a body over 64 KB before it is read to its end. */
export const limitBody: MiddlewareHandler = (c, next) => whileReading(async () => limit(c, next))

/** Lets only well-formed, shallow JSON under its own media type through to the routes that read a body. */
export const readJson: MiddlewareHandler = async (c, next) => {
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(c.req.header('content-type') ?? ''))
    throw proxyError('proxy/unsupported-media-type')
  // Hono keeps the body, so that the schema's validator reads the same bytes.
  const bytes = await whileReading(() => c.req.arrayBuffer())
  if (!isHarmless(parse(bytes), maxDepth)) throw proxyError('proxy/bad-request')
  await next()
}

/** A caller who hangs up in the middle breaks the reading with an error of the socket, which is nobody else's fault. */
async function whileReading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw underlying(cause) ?? proxyError('proxy/bad-request', { cause })
  }
}

function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(strictUtf8.decode(bytes))
  } catch (cause) {
    throw proxyError('proxy/bad-request', { cause })
  }
}

function isHarmless(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  return Object.entries(value).every(
    ([name, inner]) => !forbiddenNames.has(name) && isHarmless(inner, depth - 1),
  )
}
