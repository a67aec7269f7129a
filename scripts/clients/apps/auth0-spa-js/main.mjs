import { Auth0Client } from '@auth0/auth0-spa-js'
import { claimsOf, expectApiToken, expectEqual, explain, renderPage, runChecks } from './support/checks.mjs'

const { origin, tenant } = window.settings
const audience = 'https://api.acme.example'
const create = (options) =>
  new Auth0Client({
    domain: tenant.url,
    ...tenant.spa,
    ...options,
    authorizationParams: { redirect_uri: `${origin}/callback`, audience, ...options.authorizationParams },
  })
const client = create({ useRefreshTokens: true, cacheLocation: 'localstorage' })

const checks = {
  'gets a token for an API': async () => expectApiToken(await client.getTokenSilently()),
  async 'refreshes it'() {
    const before = await client.getTokenSilently()
    const after = await client.getTokenSilently({ cacheMode: 'off' })
    expectEqual(before === after, false)
    expectApiToken(after)
  },
  async 'logs in silently in a frame'() {
    const silent = create({ cacheLocation: 'memory' })
    expectApiToken(await silent.getTokenSilently())
  },
  async 'logs in to an organization in a popup'() {
    const member = create({
      cacheLocation: 'memory',
      authorizationParams: { organization: 'org_acmeNorth0000001' },
    })
    await member.loginWithPopup()
    expectEqual((await member.getIdTokenClaims()).org_id, 'org_acmeNorth0000001')
  },
  async 'binds tokens to a DPoP key'() {
    const bound = create({ useDpop: true, authorizationParams: { audience: 'https://dpop.acme.example' } })
    expectEqual(typeof claimsOf(await bound.getTokenSilently()).cnf.jkt, 'string')
  },
}

const pages = {
  '/login': () => client.loginWithRedirect(),
  async '/callback'() {
    await client.handleRedirectCallback()
    location.replace('/')
  },
  '/logout': () => client.logout({ logoutParams: { returnTo: origin } }),
}

async function show() {
  const result = location.pathname === '/check' ? await runChecks(checks) : undefined
  document.querySelector('main').innerHTML = renderPage({ user: (await client.getUser())?.email, result })
}

Promise.resolve((pages[location.pathname] ?? show)()).catch((error) => {
  const failed = `${location.pathname}: ${explain(error)}`
  document.querySelector('main').innerHTML = renderPage({ result: { done: [], failed } })
})
