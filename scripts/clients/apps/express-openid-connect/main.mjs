import express from 'express'
import openid from 'express-openid-connect'
import { expectApiToken, expectEqual } from './support/checks.mjs'
import { answer, listen, settings } from './support/node.mjs'

const { origin, tenant } = settings
const app = express()
app.use(
  openid.auth({
    issuerBaseURL: tenant.url,
    baseURL: origin,
    clientID: tenant.web.clientId,
    clientSecret: tenant.web.clientSecret,
    secret: 'a-secret-of-this-check-and-nothing-else',
    authRequired: false,
    idpLogout: true,
    authorizationParams: {
      response_type: 'code',
      scope: 'openid profile email offline_access',
      audience: 'https://api.acme.example',
    },
  }),
)

const checks = ({ oidc }) => ({
  'gets a token for an API': () => expectApiToken(oidc.accessToken.access_token),
  'reads the profile': async () => expectEqual((await oidc.fetchUserInfo()).nickname, 'ada'),
  'reads the claims of an Auth0 Action': () =>
    expectEqual(oidc.idTokenClaims['https://lowgate.example/roles'], ['Manager']),
  async 'refreshes a token'() {
    const before = oidc.accessToken.access_token
    const { access_token } = await oidc.accessToken.refresh()
    expectEqual(before === access_token, false)
    expectApiToken(access_token)
  },
})

app.get('/', (request, response) => answer(response, { user: request.oidc.user?.email }))
app.get('/check', openid.requiresAuth(), (request, response) =>
  answer(response, { user: request.oidc.user.email, checks: checks(request) }),
)
listen(app)
