import { CookieTransactionStore, ServerClient, StatelessStateStore } from '@auth0/auth0-server-js'
import { expectApiToken, expectEqual } from './support/checks.mjs'
import { serve, settings } from './support/node.mjs'

const { origin, tenant } = settings
const secret = 'a-secret-of-this-check-and-nothing-else'
const connection = 'Username-Password-Authentication'

const readCookies = ({ request }) =>
  Object.fromEntries(
    (request.headers.cookie ?? '')
      .split('; ')
      .filter(Boolean)
      .map((pair) => [
        pair.slice(0, pair.indexOf('=')),
        decodeURIComponent(pair.slice(pair.indexOf('=') + 1)),
      ]),
  )
const cookies = {
  setCookie: (name, value, { maxAge } = {}, { response }) =>
    response.appendHeader(
      'set-cookie',
      `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax${maxAge ? `; Max-Age=${maxAge}` : ''}`,
    ),
  getCookie: (name, store) => readCookies(store)[name],
  getCookies: readCookies,
  deleteCookie: (name, { response }) =>
    response.appendHeader('set-cookie', `${name}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT`),
}

const auth0 = new ServerClient({
  domain: tenant.domain,
  clientId: tenant.web.clientId,
  clientSecret: tenant.web.clientSecret,
  authorizationParams: {
    redirect_uri: `${origin}/callback`,
    audience: 'https://api.acme.example',
    scope: 'openid profile email offline_access',
  },
  transactionStore: new CookieTransactionStore({ secret }, cookies),
  stateStore: new StatelessStateStore({ secret }, cookies),
})

const emailOf = async (store) => (await auth0.getUser(store))?.email
const grace = { email: 'grace@acme.example', connection }

const checks = (store) => ({
  'gets a token for an API': async () => expectApiToken((await auth0.getAccessToken(store)).accessToken),
  'reads the claims of an Auth0 Action': async () =>
    expectEqual((await auth0.getUser(store))['https://lowgate.example/roles'], ['Manager']),
  async 'signs a user up'() {
    await auth0.database.signUp({ ...grace, password: 'Grace-Compiles-Everything-1' })
    const again = auth0.database.signUp({ ...grace, password: 'Grace-Compiles-Everything-1' })
    expectEqual(typeof (await again.catch((error) => error.code)), 'string')
  },
  'asks for a new password': async () =>
    expectEqual(/email/.test(await auth0.database.changePassword(grace)), true),
})

serve({
  '/': async (store) => ({ user: await emailOf(store) }),
  '/login': async (store) => ({ location: await auth0.startInteractiveLogin({}, store) }),
  async '/callback'({ url, ...store }) {
    await auth0.completeInteractiveLogin(url, store)
    return { location: '/' }
  },
  '/check': async (store) => ({ user: await emailOf(store), checks: checks(store) }),
  '/logout': async (store) => ({ location: await auth0.logout({ returnTo: origin }, store) }),
})
