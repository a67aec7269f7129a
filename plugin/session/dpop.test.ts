import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { calculateJwkThumbprint, createRemoteJWKSet, EmbeddedJWK, jwtVerify, type JWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loginButton, userLine } from '../testing/browser.ts'
import { useSite, type Site } from '../testing/site.ts'

const bound = 'https://bound.acme.example'
const plain = 'https://api.acme.example'

/** What an API is to check, by RFC 9449: the token, the proof, that they belong together, and the nonce. */
async function findProblem(site: Site, request: IncomingMessage, nonce: string): Promise<string | undefined> {
  const [scheme, token = ''] = request.headers.authorization?.split(' ') ?? []
  if (scheme !== 'DPoP') return 'invalid_token'
  const { domain, url } = site.tenant
  const keys = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`))
  const access = await jwtVerify(token, keys, { issuer: `http://${domain}/`, audience: bound })
  const proof = await jwtVerify(String(request.headers.dpop), EmbeddedJWK, { typ: 'dpop+jwt' })
  const { jkt } = access.payload.cnf as { jkt?: string }
  if (jkt !== (await calculateJwkThumbprint(proof.protectedHeader.jwk as JWK))) return 'invalid_token'
  const { htm, htu, ath } = proof.payload
  const expected = [request.method, `http://${request.headers.host}${request.url?.split('?')[0]}`]
  if ([htm, htu].join() !== expected.join()) return 'invalid_dpop_proof'
  if (ath !== createHash('sha256').update(token).digest('base64url')) return 'invalid_dpop_proof'
  return proof.payload.nonce === nonce ? undefined : 'use_dpop_nonce'
}

describe.each(['localstorage', 'memory'] as const)('with tokens in %s', (storage) => {
  let api: Server
  let base: string
  let nonce: string
  /** What the API answered, `OPTIONS` aside. */
  const answers: string[] = []
  /** What it was sent. */
  const bodies: string[] = []

  const site = useSite({
    settings: { storage, dpop: true },
    seed(seed) {
      seed.resource_servers?.push({
        ...{ id: 'bound', identifier: bound, name: 'Bound', allow_offline_access: true },
        ...{ scopes: [{ value: 'read:orders' }], signing_alg: 'RS256' },
        proof_of_possession: { mechanism: 'dpop', required: true, required_for: 'all_clients' },
      })
      for (const { client_id } of seed.clients)
        seed.client_grants?.push({ client_id, audience: bound, scope: [], subject_type: 'user' })
    },
  })

  beforeAll(async () => {
    api = createServer(async (request, response) => {
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('access-control-allow-headers', 'authorization, dpop')
      response.setHeader('access-control-expose-headers', 'dpop-nonce, www-authenticate')
      if (request.method === 'OPTIONS') return response.end()
      const problem = await findProblem(site, request, nonce).catch((error: Error) => error.message)
      answers.push(problem ?? 'served')
      bodies.push(await text(request))
      response.setHeader('dpop-nonce', nonce)
      if (problem) response.writeHead(401, { 'www-authenticate': `DPoP error="${problem}"` })
      response.end('{"orders":3}')
    }).listen(0, '127.0.0.1')
    await once(api, 'listening')
    base = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
  })
  afterAll(() => void api.close())
  beforeEach(async () => {
    nonce = randomUUID()
    answers.length = bodies.length = 0
    const connection = { domain: site.tenant.domain, clientId: site.clientId, audience: bound }
    await site.change({ connections: { preview: connection }, storage, dpop: true })
  })

  const ask = (page: Page = site.page) =>
    page.evaluate(async (url) => {
      const api = window.session.createFetcher()
      return (await api.fetchWithAuth(url)).status
    }, `${base}/orders?open=1`)
  const token = (request: object = {}) =>
    site.page.evaluate((request) => window.session.client.getAccessToken(request), request)

  test('an API gets a proof with every request, with its nonce once it wants one', async () => {
    await site.login()
    expect(await ask()).toBe(200)
    expect(await ask()).toBe(200)
    expect(answers).toEqual(['use_dpop_nonce', 'served', 'served'])
    nonce = randomUUID()
    expect(await ask()).toBe(200)
    expect(answers.slice(3)).toEqual(['use_dpop_nonce', 'served'])
  })

  test('a request with a body is sent again whole where the API wants a nonce', async () => {
    await site.login()
    const status = await site.page.evaluate(async (url) => {
      const order = new Request(url, { method: 'POST', body: 'one' })
      return (await window.session.createFetcher().fetchWithAuth(order)).status
    }, `${base}/orders`)
    expect(status).toBe(200)
    expect(answers).toEqual(['use_dpop_nonce', 'served'])
    expect(bodies).toEqual(['one', 'one'])
  })

  test('a token is worth nothing elsewhere', async () => {
    await site.login()
    const stolen = await token()
    for (const scheme of ['Bearer', 'DPoP']) {
      const { status } = await fetch(`${base}/orders`, { headers: { authorization: `${scheme} ${stolen}` } })
      expect(status).toBe(401)
    }
  })

  test('a renewed token and one after a reload are bound to the same key', async () => {
    await site.login()
    await site.control.clearRequests()
    await token({ ignoreCache: true })
    expect(await site.asked('/oauth/token')).not.toEqual([])
    expect(await ask()).toBe(200)
    await site.page.reload()
    await userLine(site.page).waitFor()
    expect(await ask()).toBe(200)
  })

  test('a second tab uses the same key', async () => {
    await site.login()
    const other = await site.context.newPage()
    await other.goto(site.url())
    await userLine(other).waitFor()
    expect(await ask(other)).toBe(200)
  })

  test('the key goes with the session', async () => {
    await site.login()
    await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
    await loginButton(site.page).waitFor()
    const keys = await site.page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('auth0-spa-js')
          opening.onerror = reject
          opening.onsuccess = () => {
            const counting = opening.result.transaction('keypair').objectStore('keypair').count()
            counting.onsuccess = () => resolve(counting.result)
          }
        }),
    )
    expect(keys).toBe(0)
  })

  test('a path of the page’s own server is a base as good as an address', async () => {
    await site.login()
    const sent = site.page.waitForRequest('**/api/orders')
    await site.page.evaluate(() => window.session.createFetcher({ baseUrl: '/api' }).fetchWithAuth('orders'))
    expect(await (await sent).headerValue('dpop')).toMatch(/^ey/)
  })

  test('an API that is not set up for it gets a plain token', async () => {
    await site.login()
    const sent = site.page.waitForRequest(`${base}/plain`)
    await site.page.evaluate(
      async ([url, audience]) =>
        window.session.createFetcher().fetchWithAuth(url ?? '', {}, { audience: audience ?? '' }),
      [`${base}/plain`, plain],
    )
    expect(await (await sent).headerValue('authorization')).toMatch(/^Bearer /)
  })
})
