import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { formFields } from '../login/form-fields.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { findPageError, type PageError, type Query } from './authorize-request.ts'
import { authMethodOf } from './provider-client.ts'

const PREFIX = 'urn:ietf:params:oauth:request_uri:'
const LIFETIME = 30

/** An authorization request that waits for its `/authorize`, by `request_uri`. */
export interface PushedRequest {
  query: Query
  /** Unix seconds. */
  expires: number
}

/**
 * `/oauth/par`: takes the parameters of an authorization request from a confidential application, good for one
 * `/authorize` within 30 seconds.
 *
 * @see https://auth0.com/docs/get-started/authentication-and-authorization-flow/authorization-code-flow-with-par
 */
export async function pushRequest(tenant: Tenant, c: Context): Promise<Response> {
  const { client_secret: secret, ...query } = withCredentials(c, await formFields(c))
  const client = tenant.directory.clients.get(query.client_id ?? '')
  if (!client || authMethodOf(client) === 'none' || !secret || client.client_secret !== secret) {
    return c.json({ error: 'access_denied', error_description: 'Unauthorized' }, 401)
  }
  const error = query.request_uri
    ? { error: 'invalid_request', description: 'request_uri must not be pushed', status: 400 }
    : findPageError(tenant, query)
  if (error) return c.json({ error: error.error, error_description: error.description }, 400)
  const request_uri = PREFIX + randomBytes(24).toString('base64url')
  tenant.pushedRequests.set(request_uri, { query, expires: tenant.clock.now() + LIFETIME })
  return c.json({ request_uri, expires_in: LIFETIME }, 201)
}

/** The request as the application means it: what it pushed, or what the address says. */
export function takePushed(tenant: Tenant, query: Query): Query | PageError {
  const client = tenant.directory.clients.get(query.client_id ?? '')
  const { request_uri: uri } = query
  if (!uri) {
    if (!client?.require_pushed_authorization_requests) return query
    return refused('Pushed authorization requests are required for this client')
  }
  const pushed = tenant.pushedRequests.get(uri)
  tenant.pushedRequests.delete(uri)
  const good = pushed && pushed.expires > tenant.clock.now() && pushed.query.client_id === query.client_id
  return good ? pushed.query : refused('The request_uri is unknown, expired, or was already used')
}

function refused(description: string): PageError {
  return { error: 'invalid_request', description, status: 400 }
}

function withCredentials(c: Context, fields: Record<string, string | undefined>): Query {
  const sent = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Query
  const [scheme, basic = ''] = (c.req.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'basic') return sent
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':')
  return { ...sent, ...Object.fromEntries(new URLSearchParams(`client_id=${id}&client_secret=${secret}`)) }
}
