import type { Server as NodeServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expressToken, fastifyToken, honoToken, withToken } from './middleware.ts'
import { audience, createProver, startIssuer, type Issuer } from './testing/issuer.ts'
import { createVerifier, type AccessToken, type Requirements, type Verifier } from './verifier.ts'

const needed: Requirements = { permissions: ['read:orders'] }
const userOf = (request: unknown) => (request as { token: AccessToken }).token.userId
type Server = { port: number; close(): unknown }

async function listening(server: NodeServer): Promise<Server> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

/** The same API in each framework: `GET /v1/orders` answers who asks. */
const frameworks: Record<string, (verifier: Verifier) => Promise<Server>> = {
  fetch(verifier) {
    const fetch = withToken(verifier, needed, (_, token) => new Response(token.userId))
    return listening(serve({ fetch, port: 0, hostname: '127.0.0.1' }) as NodeServer)
  },
  Hono(verifier) {
    const app = new Hono<{ Variables: { token: AccessToken } }>()
    app.onError((error, context) => context.text(error.message, 500))
    app.get('/v1/orders', honoToken(verifier, needed), (context) => context.text(context.var.token.userId))
    return listening(serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as NodeServer)
  },
  Express(verifier) {
    const orders = express.Router()
    orders.get('/orders', expressToken(verifier, needed), (request, response) => {
      response.send(userOf(request))
    })
    const app = express().set('env', 'test').use('/v1', orders)
    return listening(app.listen(0, '127.0.0.1'))
  },
  async Fastify(verifier) {
    const app = fastify()
    app.get('/v1/orders', { onRequest: fastifyToken(verifier, needed) }, (request) => userOf(request))
    await app.listen({ port: 0, host: '127.0.0.1' })
    return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }
  },
}

let issuer: Issuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

describe.each(Object.entries(frameworks))('in %s', (_, start) => {
  let server: Server
  let address: string
  beforeAll(async () => {
    server = await start(createVerifier({ domain: issuer.domain, audience }))
    address = `http://127.0.0.1:${String(server.port)}/v1/orders`
  })
  afterAll(() => server.close())

  it('a request reaches the handler with its token', async () => {
    const token = await issuer.sign({ permissions: ['read:orders'] })
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
    expect([response.status, await response.text()]).toEqual([200, 'auth0|ada'])
  })

  it('a request with a token that is bound to a key needs its proof', async () => {
    const { jkt, prove } = await createProver()
    const token = await issuer.sign({ permissions: ['read:orders'], cnf: { jkt } })
    const dpop = await prove(token, { htm: 'GET', htu: address })
    const ask = () => fetch(`${address}?page=2`, { headers: { authorization: `DPoP ${token}`, dpop } })
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 401])
  })

  it('others are answered why, and nothing of the token', async () => {
    const token = await issuer.sign()
    const anonymous = await fetch(address)
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    const refused = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([403, 'no-store'])
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    expect(await refused.json()).toMatchObject({ error: 'token/not-permitted' })
  })

  it('an error that is not a refusal is left to the server, and no request gets past it', async () => {
    const other = await start({ verify: () => Promise.reject(new Error('broken')) })
    expect((await fetch(`http://127.0.0.1:${String(other.port)}/v1/orders`)).status).toBe(500)
    await other.close()
  })
})
