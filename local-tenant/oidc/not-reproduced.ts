import { Hono } from 'hono'
import { cors } from 'hono/cors'

/**
 * What Auth0 answers below a tenant's domain and the local tenant does not, from the documentation of its APIs. The
 * Management API has its own list.
 */
const endpoints = [
  ...['GET /me/*', 'POST /me/*', 'PATCH /me/*', 'DELETE /me/*'],
  ...['GET /my-org/*', 'POST /my-org/*', 'PATCH /my-org/*', 'DELETE /my-org/*'],
  ...['POST /passwordless/start', 'POST /passwordless/verify', 'GET /passwordless/*'],
  ...['POST /oauth/device/code', 'GET /activate', 'POST /bc-authorize', 'POST /oidc/register'],
  ...['GET /samlp/*', 'POST /samlp/*', 'GET /wsfed/*', 'POST /wsfed/*', 'GET /scim/*', 'POST /scim/*'],
  ...[
    'POST /oauth/global-token-revocation/*',
    'POST /oauth/access_token',
    'POST /oauth/ro',
    'POST /tokeninfo',
  ],
  ...['POST /delegation', 'POST /co/authenticate', 'POST /usernamepassword/*', 'POST /users/:id/impersonate'],
  ...['POST /login/callback', 'POST /login/unlink', 'GET /.well-known/webauthn'],
  ...['GET /.well-known/apple-app-site-association', 'GET /.well-known/assetlinks.json'],
]

/** Answers 501 with a sentence where Auth0 would answer otherwise, so that nobody takes a 404 for a wrong address. */
export function notReproducedRoutes(): Hono {
  const app = new Hono()
  for (const endpoint of endpoints) {
    const [method = '', path = ''] = endpoint.split(' ')
    app.on([method, 'OPTIONS'], path, cors(), (c) => c.json(notReproduced(`${method} ${c.req.path}`), 501))
  }
  return app
}

/** The body of a 501: what is missing, and where to find it. */
export function notReproduced(what: string): { error: string; error_description: string } {
  const error_description = `The local tenant does not answer ${what}. Auth0 does: ask a real tenant.`
  return { error: 'not_implemented', error_description }
}
