import { Auth0Client } from '@auth0/nextjs-auth0/server'
import { settings } from '../support/node.mjs'

export const auth0 = new Auth0Client({
  domain: settings.tenant.domain,
  clientId: settings.tenant.web.clientId,
  clientSecret: settings.tenant.web.clientSecret,
  appBaseUrl: settings.origin,
  secret: 'a-secret-of-this-check-and-nothing-else',
  authorizationParameters: {
    scope: 'openid profile email offline_access',
    audience: 'https://api.acme.example',
  },
})
