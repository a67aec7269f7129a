import { SignJWT, type JWTPayload } from 'jose'
import type { Client, ResourceServer } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'

/** An ID token as the application's settings ask: RS256, or HS256 with the client secret. */
export function signIdToken(
  tenant: Tenant,
  client: Client | undefined,
  payload: JWTPayload,
): Promise<string> {
  const symmetric = client?.jwt_configuration?.alg === 'HS256'
  return symmetric ? signHs256(payload, client.client_secret ?? '') : tenant.keys.sign(payload)
}

/** An access token as the API's settings ask: RS256, or HS256 with the API's signing secret. */
export function signAccessToken(
  tenant: Tenant,
  server: ResourceServer,
  payload: JWTPayload,
): Promise<string> {
  return server.signing_alg === 'HS256'
    ? signHs256(payload, server.signing_secret ?? '')
    : tenant.keys.sign(payload)
}

function signHs256(payload: JWTPayload, secret: string): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secret))
}
