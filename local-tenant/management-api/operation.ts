import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import type { RunningTenant } from '../tenant/tenant.ts'
import type { Query } from './paging.ts'
import type { SearchIndex } from './search-index.ts'

export interface ApiRequest<Body> {
  tenant: RunningTenant
  index: SearchIndex
  /** A part of the path, decoded. */
  param(name: string): string
  query: Query
  /** Every value of a parameter that may be repeated. */
  queries(name: string): string[] | undefined
  /** As the operation's schema read it. */
  body: Body
  /** The scopes of the access token. */
  scopes: string[]
  /** The application the access token was made for. */
  clientId: string
  context: Context
}

/** One operation of the Management API, as data: what it listens to, who may call it, and what it does. */
export interface Operation<Body = unknown> {
  /** Method and path: `GET /clients/:id`. */
  on: string
  /** The token needs one of these. */
  scopes: string[]
  /** Parameters of the query beside those that the `auth0` SDK sends here. */
  query?: string[]
  body?: z.ZodType<Body>
  /** Default: 201 for POST, 200 else. An empty answer is always 204. */
  status?: ContentfulStatusCode
  /** Answers the body; `undefined` is none. @throws {ManagementApiError} as Auth0 refuses */
  handle(request: ApiRequest<Body>): unknown
}

/** Infers the type of the body from its schema. */
export function operation<Body>(definition: Operation<Body>): Operation {
  return definition as Operation
}

export function methodOf({ on }: { on: string }): string {
  return on.split(' ')[0] ?? ''
}

export function pathOf({ on }: { on: string }): string {
  return on.split(' ')[1] ?? ''
}
