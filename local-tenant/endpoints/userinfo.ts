import type { Context } from 'hono'
import type { RunningTenant } from '../state/tenant.ts'
import { profileClaims } from '../tokens/profile-claims.ts'

/** `/userinfo` for opaque tokens and for API tokens that were asked for with `openid`. */
export async function userinfo(tenant: RunningTenant, c: Context): Promise<Response> {
  const [scheme, token = ''] = (c.req.header('authorization') ?? '').split(' ')
  const access = scheme?.toLowerCase() === 'bearer' ? await readToken(tenant, token) : undefined
  const user = tenant.directory.users.get(access?.userId ?? '')
  if (!access || !user) {
    c.header('WWW-Authenticate', 'Bearer error="invalid_token"')
    return c.text('Unauthorized', 401)
  }
  return c.json({ sub: user.user_id, ...profileClaims(user, access.scopes) })
}

async function readToken(tenant: RunningTenant, token: string) {
  if (token.split('.').length !== 3) {
    const opaque = await tenant.provider.AccessToken.find(token)
    const grant = tenant.grants.get(opaque?.grantId ?? '')
    return grant && { userId: grant.userId, scopes: grant.requestedScopes }
  }
  const payload = await tenant.keys.verify(token).catch(() => undefined)
  const audiences = [payload?.aud ?? []].flat()
  if (!payload || !audiences.includes(`${tenant.issuer}userinfo`)) return undefined
  if ((payload.exp ?? 0) <= tenant.clock.now()) return undefined
  return { userId: payload.sub ?? '', scopes: String(payload.scope ?? '').split(' ') }
}
