/** One of the compared servers, as a process of its own: `server.ts <kind> <tenant's domain> <folder with Express>`. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type expressPackage from 'express'
import { createVerifier, expressToken } from '../../../backend-proxy/verify/index.ts'

const [kind = '', domain = '', folder = ''] = process.argv.slice(2)
const audience = 'https://api.acme.example'
const answer = (_request: IncomingMessage, response: ServerResponse) => response.end('ok')

/** What WeWeb's server does for each private page: who is it, a token of its own, and the roles. */
async function asksThreeTimes(request: IncomingMessage, response: ServerResponse) {
  const { authorization = '' } = request.headers
  const ask = async (path: string, init: RequestInit) =>
    (await (await fetch(`http://${domain}${path}`, init)).json()) as Record<string, string>
  const { sub = '' } = await ask('/userinfo', { headers: { authorization } })
  const { access_token = '' } = await ask('/oauth/token', { method: 'POST', body: '{}' })
  await ask(`/api/v2/users/${sub}/roles`, { headers: { authorization: `Bearer ${access_token}` } })
  answer(request, response)
}

function withVerifier(): RequestListener {
  const middleware = expressToken(createVerifier({ domain, audience }))
  return (request, response) =>
    void middleware(request, response, (error) => (error ? response.destroy() : answer(request, response)))
}

function withExpress(): RequestListener {
  const load = createRequire(join(folder, 'package.json'))
  const express = load('express') as typeof expressPackage
  const { auth } = load('express-oauth2-jwt-bearer') as {
    auth: (options: object) => expressPackage.RequestHandler
  }
  const app = express()
    .use(auth({ issuerBaseURL: `http://${domain}`, audience }))
    .get('/', answer)
  return app as unknown as RequestListener
}

const kinds: Record<string, () => RequestListener> = {
  ours: withVerifier,
  'bare-node': () => answer,
  express: withExpress,
  'three-calls': () => (request, response) => void asksThreeTimes(request, response),
}
const listener = kinds[kind]?.()
if (!listener) throw new Error(`There is no server “${kind}”.`)
const server = createServer(listener).listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port)
})
