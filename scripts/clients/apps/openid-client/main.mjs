import * as oidc from 'openid-client'
import { expectApiToken, expectEqual } from './support/checks.mjs'
import { serve, settings } from './support/node.mjs'

const { origin, tenant } = settings
const config = await oidc.discovery(
  new URL(tenant.url),
  tenant.web.clientId,
  tenant.web.clientSecret,
  undefined,
  { execute: [oidc.allowInsecureRequests] },
)
/** One visitor is all this application has. */
const session = {}

const request = async () => {
  session.verifier = oidc.randomPKCECodeVerifier()
  session.state = oidc.randomState()
  return {
    redirect_uri: `${origin}/callback`,
    scope: 'openid profile email offline_access',
    audience: 'https://api.acme.example',
    code_challenge: await oidc.calculatePKCECodeChallenge(session.verifier),
    code_challenge_method: 'S256',
    state: session.state,
  }
}

const checks = {
  'gets a token for an API': () => expectApiToken(session.tokens.access_token),
  async 'reads the profile'() {
    const { sub } = session.tokens.claims()
    expectEqual((await oidc.fetchUserInfo(config, session.tokens.access_token, sub)).nickname, 'ada')
  },
  async 'refreshes a token'() {
    const fresh = await oidc.refreshTokenGrant(config, session.tokens.refresh_token)
    expectEqual(fresh.access_token === session.tokens.access_token, false)
    expectApiToken(fresh.access_token)
  },
  async 'revokes a refresh token'() {
    await oidc.tokenRevocation(config, session.tokens.refresh_token)
    const refused = await oidc.refreshTokenGrant(config, session.tokens.refresh_token).catch((error) => error)
    expectEqual(refused.error, 'invalid_grant')
  },
  async 'pushes an authorization request'() {
    const url = await oidc.buildAuthorizationUrlWithPAR(config, await request())
    expectEqual(/^urn:/.test(url.searchParams.get('request_uri')), true)
  },
  async 'is refused a wrong secret'() {
    const { server, client } = { server: config.serverMetadata(), client: tenant.web.clientId }
    const wrong = new oidc.Configuration(server, client, 'wrong')
    oidc.allowInsecureRequests(wrong)
    const refused = await oidc.clientCredentialsGrant(wrong).catch((error) => error)
    expectEqual(refused.status, 401)
  },
}

serve({
  '/': () => ({ user: session.tokens?.claims().email }),
  '/login': async () => ({ location: oidc.buildAuthorizationUrl(config, await request()) }),
  async '/callback'({ url }) {
    const { verifier: pkceCodeVerifier, state: expectedState } = session
    session.tokens = await oidc.authorizationCodeGrant(config, url, { pkceCodeVerifier, expectedState })
    return { location: '/' }
  },
  '/check': async () => ({ user: session.tokens.claims().email, checks }),
  '/logout'() {
    const { id_token } = session.tokens
    delete session.tokens
    const parameters = { id_token_hint: id_token, post_logout_redirect_uri: origin }
    return { location: oidc.buildEndSessionUrl(config, parameters) }
  },
})
