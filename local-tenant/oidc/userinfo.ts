import type { Context } from 'hono'
import type { RunningTenant } from '../tenant/tenant.ts'
import { formFields } from '../login/form-fields.ts'
import { checkProof } from './dpop.ts'
import { profileClaims } from './tokens/profile-claims.ts'

interface Presented {
  token: string
  /** With `DPoP` as its scheme. */
  proof?: string | undefined
}

/** `/userinfo` for opaque tokens and for API tokens that were asked for with `openid`. */
export async function userinfo(tenant: RunningTenant, c: Context): Promise<Response> {
  const presented = await presentedToken(c)
  const access = await readToken(tenant, presented.token)
  const user = tenant.directory.users.get(access?.userId ?? '')
  if (!access || !user || !(await isHolder(tenant, c, presented, access.thumbprint))) {
    c.header('WWW-Authenticate', `${access?.thumbprint ? 'DPoP' : 'Bearer'} error="invalid_token"`)
    return c.text('Unauthorized', 401)
  }
  return c.json({ sub: user.user_id, ...profileClaims(user, access.scopes) })
}

/** Auth0 takes the token from the header, the query or a posted form. */
async function presentedToken(c: Context): Promise<Presented> {
  const [scheme = '', token] = (c.req.header('authorization') ?? '').split(' ')
  if (/^bearer$/i.test(scheme) && token) return { token }
  if (/^dpop$/i.test(scheme) && token) return { token, proof: c.req.header('dpop') ?? '' }
  const posted = c.req.method === 'POST' ? (await formFields(c)).access_token : undefined
  return { token: posted ?? c.req.query('access_token') ?? '' }
}

/** A bound token is good only with a proof of its key, and one that is not bound only without. */
async function isHolder(
  tenant: RunningTenant,
  c: Context,
  { token, proof }: Presented,
  thumbprint: string | undefined,
): Promise<boolean> {
  if (proof === undefined) return thumbprint === undefined
  const target = { method: c.req.method, url: `${tenant.issuer}userinfo`, accessToken: token }
  const shown = checkProof(proof, { ...target, now: tenant.clock.now() }).catch(() => undefined)
  return thumbprint !== undefined && (await shown) === thumbprint
}

async function readToken(tenant: RunningTenant, token: string) {
  if (token.split('.').length !== 3) {
    const opaque = await tenant.provider.AccessToken.find(token)
    const grant = tenant.grants.get(opaque?.grantId ?? '')
    const thumbprint = opaque?.jkt
    return grant && { userId: grant.userId, scopes: grant.requestedScopes, thumbprint }
  }
  const payload = await tenant.keys.verify(token).catch(() => undefined)
  const audiences = [payload?.aud ?? []].flat()
  if (!payload || !audiences.includes(`${tenant.issuer}userinfo`)) return undefined
  if ((payload.exp ?? 0) <= tenant.clock.now()) return undefined
  const { jkt: thumbprint } = (payload.cnf ?? {}) as { jkt?: string }
  return { userId: payload.sub ?? '', scopes: String(payload.scope ?? '').split(' '), thumbprint }
}
