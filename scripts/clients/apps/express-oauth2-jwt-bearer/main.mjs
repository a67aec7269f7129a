import express from 'express'
import bearer from 'express-oauth2-jwt-bearer'
import { expectEqual } from './support/checks.mjs'
import { runProgram, settings } from './support/node.mjs'

const { origin, tenant } = settings
const audience = 'https://api.acme.example'
const app = express()
app.use(bearer.auth({ issuerBaseURL: tenant.url, audience, cooldownDuration: 0 }))
app.get('/orders', bearer.requiredScopes('read:orders'), (request, response) =>
  response.json(request.auth.payload.gty),
)
app.post('/orders', bearer.requiredScopes('write:orders'), (request, response) => response.json('written'))
app.use((error, request, response, next) =>
  error.status ? response.status(error.status).json(error.code ?? 'none') : next(error),
)

async function tokenFor(api) {
  const response = await fetch(`${tenant.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: tenant.machine.clientId,
      client_secret: tenant.machine.clientSecret,
      audience: api,
    }),
  })
  return (await response.json()).access_token
}

async function changeKeys(how) {
  const headers = { 'content-type': 'application/json' }
  const { status } = await fetch(`${tenant.url}/control/keys/${how}`, { method: 'POST', headers })
  expectEqual(status, 200)
}

async function ask(method, token) {
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const response = await fetch(`${origin}/orders`, { method, headers })
  return [response.status, await response.json()]
}

await new Promise((resolve) => app.listen(new URL(origin).port, 'localhost', resolve))
await runProgram({
  'asks for a token': async () => expectEqual(await ask('GET'), [401, 'none']),
  'lets in a token with the scope': async () =>
    expectEqual(await ask('GET', await tokenFor(audience)), [200, 'client-credentials']),
  'refuses one without': async () =>
    expectEqual(await ask('POST', await tokenFor(audience)), [403, 'insufficient_scope']),
  'refuses a token for another API': async () =>
    expectEqual(await ask('GET', await tokenFor(`${tenant.url}/api/v2/`)), [401, 'invalid_token']),
  async 'follows a change of signing keys'() {
    const old = await tokenFor(audience)
    // The next key is published early: the second change brings one that the API has not seen.
    for (const change of ['rotate', 'rotate', 'withdraw']) await changeKeys(change)
    expectEqual(await ask('GET', await tokenFor(audience)), [200, 'client-credentials'])
    expectEqual(await ask('GET', old), [401, 'invalid_token'])
  },
})
