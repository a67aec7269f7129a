import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { controlRoutes } from '../control/routes.ts'
import type { IdentityProvider } from '../identity-provider/identity-provider.ts'
import { confirmationRoutes } from '../login-flow/confirmation-routes.ts'
import { connectionRoutes } from '../login-flow/connection-routes.ts'
import { credentialsRoutes } from '../login-flow/credentials-routes.ts'
import { organizationRoutes } from '../login-flow/organization-routes.ts'
import { passwordRoutes } from '../login-flow/password-routes.ts'
import { secondFactorRoutes } from '../login-flow/second-factor-routes.ts'
import { fontPath, serveFont } from '../login-pages/font.ts'
import { managementApi } from '../management-api/routes.ts'
import type { RunningTenant } from '../state/tenant.ts'
import { discoveryDocument } from './discovery.ts'
import { logout } from './logout.ts'
import { userinfo } from './userinfo.ts'

/** Everything of the tenant that is not oidc-provider's. */
export function tenantRoutes(
  tenant: RunningTenant,
  identityProvider: IdentityProvider,
  { control }: { control: boolean },
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use('/.well-known/*', cors())
  app.get('/.well-known/openid-configuration', (c) => c.json(discoveryDocument(tenant)))
  app.get('/.well-known/jwks.json', (c) => c.json(tenant.keys.jwks()))
  app.use('/userinfo', cors())
  app.on(['GET', 'POST'], '/userinfo', (c) => userinfo(tenant, c))
  app.get('/v2/logout', (c) => logout(tenant, identityProvider, c))
  app.route('/api/v2', managementApi(tenant))

  // As at Auth0, no page of the login may be framed.
  for (const path of ['/u/*', '/login/*']) {
    app.use(path, async (c, next) => {
      await next()
      c.header('X-Frame-Options', 'deny')
      c.header('Content-Security-Policy', "frame-ancestors 'none'")
      c.header('Cache-Control', 'no-store')
    })
  }
  app.get(fontPath, serveFont)
  app.route('/', credentialsRoutes(tenant))
  app.route('/', connectionRoutes(tenant, identityProvider))
  app.route('/', organizationRoutes(tenant))
  app.route('/', secondFactorRoutes(tenant))
  app.route('/', confirmationRoutes(tenant))
  app.route('/', passwordRoutes(tenant))
  if (control) app.route('/control', controlRoutes(tenant))
  return app
}
