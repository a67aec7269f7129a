import type { z } from 'zod'
import type { ErrorCode } from '../errors/error-text.ts'

/**
 * One route of a server as data: its handler's types, the validation, the typed client and, for the proxy, the OpenAPI
 * document are made from it.
 */
export interface Endpoint<Code extends string = ErrorCode> {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** A template in OpenAPI's form, such as `/projects/{project}/connections`. */
  readonly path: string
  /** Answered to anybody: without an operator token or a session. */
  readonly isPublic?: true
  /** What a caller's token must allow at least, where tokens have roles. */
  readonly role?: string
  readonly summary: string
  readonly description?: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodObject
  /** The body of a success; absent for a 204. */
  readonly reply?: z.ZodType
  /** Of a success with a reply. Default: 200. */
  readonly status?: 201
  /** What is told on the way: the answer is then a line of JSON for each step, and one for the reply or the error. */
  readonly step?: z.ZodType
  /** Errors of its own, beyond those that every route can answer. */
  readonly errors: readonly Code[]
}

type Inferred<T> = T extends z.ZodType ? z.input<T> : unknown
type Parts = 'params' | 'query' | 'body'

type Part<E extends Endpoint<string>, K extends Parts> = E[K] extends z.ZodObject
  ? Record<K, z.input<E[K]>>
  : unknown

/** What a caller passes for an endpoint: its `params`, `query` and `body`, whichever it has. */
export type RequestOf<E extends Endpoint<string>> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'>

/** What a caller gets back. */
export type ReplyOf<E extends Endpoint<string>> = E['reply'] extends z.ZodType
  ? Inferred<E['reply']>
  : undefined

/** What a caller is told on the way. */
export type StepOf<E extends Endpoint<string>> = E['step'] extends z.ZodType ? Inferred<E['step']> : never

type Parsed<E extends Endpoint<string>, K extends Parts> = E[K] extends z.ZodType
  ? Record<K, z.output<E[K]>>
  : unknown

/** What a handler gets: the request's parts, checked by the endpoint's schemas. */
export type Handled<E extends Endpoint<string>> = Parsed<E, 'params'> & Parsed<E, 'query'> & Parsed<E, 'body'>

export function defineEndpoints<const E extends Record<string, Endpoint<string>>>(endpoints: E): E {
  return endpoints
}
