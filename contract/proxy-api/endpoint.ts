import type { z } from 'zod'
import type { ErrorCode } from '../errors/catalogue.ts'

/** One route of the proxy as data: the server, its OpenAPI document and the editor's client are made from it. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** A template in OpenAPI's form, such as `/projects/{project}/connections`. */
  readonly path: string
  /** Answered without an operator token. */
  readonly isPublic?: true
  readonly summary: string
  readonly description?: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodObject
  /** The body of a 200; absent for a 204. */
  readonly reply?: z.ZodType
  /** Errors of its own, beyond those that every route can answer. */
  readonly errors: readonly ErrorCode[]
}

type Inferred<T> = T extends z.ZodType ? z.input<T> : unknown
type Part<E extends Endpoint, K extends 'params' | 'query' | 'body'> = E[K] extends z.ZodObject
  ? Record<K, z.input<E[K]>>
  : unknown

/** What a caller passes for an endpoint: its `params`, `query` and `body`, whichever it has. */
export type RequestOf<E extends Endpoint> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'>

/** What a caller gets back. */
export type ReplyOf<E extends Endpoint> = E['reply'] extends z.ZodType ? Inferred<E['reply']> : undefined

export function defineEndpoints<const E extends Record<string, Endpoint>>(endpoints: E): E {
  return endpoints
}
