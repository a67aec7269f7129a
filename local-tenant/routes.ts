import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { operatorPage } from './control/page.ts'
import { controlRoutes } from './control/routes.ts'
import type { IdentityProvider } from './login/identity-provider.ts'
import { confirmationRoutes } from './login/confirmation-routes.ts'
import { connectionRoutes } from './login/connection-routes.ts'
import { continueRoutes } from './login/continue-routes.ts'
import { credentialsRoutes } from './login/credentials-routes.ts'
import { organizationRoutes } from './login/organization-routes.ts'
import { passwordRoutes } from './login/password-routes.ts'
import { signupRoute } from './login/signup-route.ts'
import { secondFactorRoutes } from './login/second-factor-routes.ts'
import { fontPath, serveFont } from './login/pages/font.ts'
import { exportRoutes } from './management-api/jobs.ts'
import { isLoopback } from './tenant/loopback.ts'
import { managementApi } from './management-api/routes.ts'
import type { RunningTenant } from './tenant/tenant.ts'
import { discoveryDocument } from './oidc/discovery.ts'
import { mfaRoutes } from './oidc/mfa/routes.ts'
import { myAccountRoutes } from './oidc/my-account/routes.ts'
import { passkeyRoutes } from './oidc/passkeys/routes.ts'
import { notReproducedRoutes } from './oidc/not-reproduced.ts'
import { pushRequest } from './oidc/pushed-requests.ts'
import { logout, oidcLogout } from './oidc/logout.ts'
import { userinfo } from './oidc/userinfo.ts'

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
  app.on(['GET', 'POST'], '/oidc/logout', (c) => oidcLogout(tenant, identityProvider, c))
  app.route('/', mfaRoutes(tenant))
  app.route('/', passkeyRoutes(tenant))
  app.route('/', myAccountRoutes(tenant))
  app.post('/oauth/par', (c) => pushRequest(tenant, c))
  app.route('/api/v2', managementApi(tenant))
  app.route('/', exportRoutes(tenant))

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
  app.route('/', continueRoutes(tenant))
  app.route('/', passwordRoutes(tenant))
  app.route('/', signupRoute(tenant))
  if (control) app.route('/control', controlRoutes(tenant))
  if (control && isLoopback(new URL(tenant.origin).hostname)) app.route('/', operatorPage(tenant))
  app.route('/', notReproducedRoutes())
  return app
}
