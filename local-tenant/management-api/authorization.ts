import type { MiddlewareHandler } from 'hono'
import type { Tenant } from '../state/tenant.ts'
import { managementIdentifier } from '../tokens/client-credentials.ts'
import { ManagementApiError } from './errors.ts'

/** Lets a request through that carries a valid token for this tenant's Management API with one of the scopes. */
export function requireScope(tenant: Tenant, ...scopes: string[]): MiddlewareHandler {
  return async (c, next) => {
    const granted = await scopesOf(tenant, c.req.header('authorization'))
    if (!scopes.some((scope) => granted.includes(scope))) {
      const message = `Insufficient scope, expected any of: ${scopes.join(',')}`
      throw new ManagementApiError(403, message, 'insufficient_scope')
    }
    await next()
  }
}

/** The scopes of the token in an `Authorization` header. @throws {ManagementApiError} as Auth0 does */
export async function scopesOf(tenant: Tenant, header: string | undefined): Promise<string[]> {
  if (!header) throw new ManagementApiError(401, 'Missing authentication')
  const [scheme, token, ...rest] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw new ManagementApiError(400, 'Bad HTTP authentication header format', 'Bearer')
  }
  const payload = await tenant.keys.verify(token).catch(() => undefined)
  if (!payload || payload.iss !== tenant.issuer) throw new ManagementApiError(401, 'Invalid token')
  const audiences = [managementIdentifier(tenant, 'https'), managementIdentifier(tenant, 'http')]
  if (![payload.aud ?? []].flat().some((audience) => audiences.includes(audience))) {
    throw new ManagementApiError(401, `Bad audience: ${String(payload.aud)}`)
  }
  if ((payload.exp ?? 0) <= tenant.clock.now()) {
    throw new ManagementApiError(401, 'Expired token received for JSON Web Token validation')
  }
  return String(payload.scope ?? '').split(' ')
}
