import type { KoaContextWithOIDC } from 'oidc-provider'
import { checkCredentials } from '../../login/check-credentials.ts'
import { connectionsFor, isDatabase } from '../../tenant/connections.ts'
import type { Connection } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { tokenFields } from '../token-request.ts'
import { logInDirectly } from './direct-login.ts'
import { TokenRefusal } from './token-refusal.ts'

/** The grant that names a connection in `realm`. */
export const PASSWORD_REALM = 'http://auth0.com/oauth/grant-type/password-realm'

/** Sent when an account is closed for an address. */
const BLOCKED =
  'Your account has been blocked after multiple consecutive login attempts. ' +
  "We've sent you an email with instructions on how to unblock it."

/**
 * The grants `password` and `password-realm`: a user's name and password from the application's own form.
 *
 * @see https://auth0.com/docs/get-started/authentication-and-authorization-flow/resource-owner-password-flow
 */
export async function password(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const { username, password: secret } = tokenFields(ctx.req)
  if (!username) throw missing('username')
  if (!secret) throw missing('password')
  const connection = connectionOf(tenant, ctx)
  const ip = ctx.req.socket.remoteAddress ?? ''
  const attempt = { identifier: username, password: secret, ip, connection: connection.name }
  const { user, refused } = await checkCredentials(tenant, connection, attempt)
  if (refused === 'blocked') throw new TokenRefusal(429, 'too_many_attempts', BLOCKED)
  if (!user) throw new TokenRefusal(403, 'invalid_grant', 'Wrong email or password.')
  await logInDirectly(tenant, ctx, {
    ...{ user, connection: connection.name, method: 'pwd', protocol: 'oauth2-password' },
  })
}

function connectionOf(tenant: Tenant, ctx: KoaContextWithOIDC): Connection {
  const { directory } = tenant
  const { grant_type, realm } = tokenFields(ctx.req)
  if (grant_type === PASSWORD_REALM && !realm) throw missing('realm')
  const name = grant_type === PASSWORD_REALM ? realm : directory.settings.default_directory
  if (!name)
    throw new TokenRefusal(
      500,
      'server_error',
      'Authorization server not configured with default connection.',
    )
  const enabled = connectionsFor(directory, ctx.oidc.client?.clientId ?? '')
  const connection = enabled.find((each) => each.name === name && isDatabase(each))
  if (!connection) throw new TokenRefusal(400, 'invalid_request', 'the connection was not found')
  return connection
}

function missing(name: string): TokenRefusal {
  return new TokenRefusal(400, 'invalid_request', `Missing required parameter: ${name}`)
}
