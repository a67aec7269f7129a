import { managementIdentifier } from '../oidc/tokens/client-credentials.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { ManagementApiError } from './errors.ts'

export interface ManagementToken {
  scopes: string[]
  clientId: string
}

/** The token in an `Authorization` header. @throws {ManagementApiError} as Auth0 does */
export async function readToken(tenant: Tenant, header: string | undefined): Promise<ManagementToken> {
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
  return { scopes: String(payload.scope ?? '').split(' '), clientId: String(payload.azp) }
}
