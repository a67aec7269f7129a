import type { Client } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { authMethodOf } from './provider-client.ts'
import { TokenRefusal } from './tokens/token-refusal.ts'

/**
 * The application that a request names in its body, with its secret where it has to keep one.
 *
 * @throws {TokenRefusal} 401
 */
export function authenticateClient(
  { directory }: Tenant,
  { client_id, client_secret }: { client_id?: unknown; client_secret?: unknown },
): Client {
  const client = directory.clients.get(String(client_id))
  const isPublic = client && authMethodOf(client) === 'none'
  if (client && (isPublic || (client.client_secret && client.client_secret === client_secret))) return client
  throw new TokenRefusal(401, 'access_denied', 'Unauthorized')
}

/** @throws {TokenRefusal} where the application does not list the grant type */
export function requireGrantType(client: Client, grantType: string): void {
  if (client.grant_types?.includes(grantType)) return
  const text = `Grant type '${grantType}' not allowed for the client.`
  throw new TokenRefusal(403, 'unauthorized_client', text)
}
