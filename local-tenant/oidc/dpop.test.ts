import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
const api = 'https://api.acme.example'
const bound = 'https://bound.example'
let tenant: DemoTenant
beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const client_id = seed.clients[0]?.client_id ?? ''
      seed.client_grants?.push({ client_id, audience: bound, scope: [] })
      const site = { client_id: seed.clients[1]?.client_id ?? '', subject_type: 'user' as const }
      seed.client_grants?.push({ ...site, audience: 'my-account', scope: ['read:me:factors'] })
      seed.resource_servers?.push({
        ...{ id: 'bound', identifier: bound, name: 'Bound', allow_offline_access: true },
        proof_of_possession: { mechanism: 'dpop', required: true, required_for: 'all_clients' },
      })
    },
  })
})
afterAll(() => tenant.close())

async function createProver(alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const jwk = await exportJWK(publicKey)
  const prove = (claims: Record<string, unknown> = {}) =>
    new SignJWT({ htm: 'POST', htu: `${tenant.url}/oauth/token`, jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk })
      .setIssuedAt()
      .sign(privateKey)
  return { prove, thumbprint: await calculateJwkThumbprint(jwk) }
}

async function post(fields: Record<string, string>, proof?: string) {
  const response = await fetch(`${tenant.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    ...(proof !== undefined && { headers: { DPoP: proof } }),
  })
  const nonce = response.headers.get('dpop-nonce') ?? ''
  return { status: response.status, nonce, body: (await response.json()) as Record<string, string> }
}

/** Logs in and exchanges the code with a proof, asked for a nonce first as a public application is. */
async function obtain(params: Record<string, string> = {}) {
  const prover = await createProver()
  const visitor = createRawClient(tenant, { clientId: tenant.clientId, callback })
  const { code = '' } = await visitor.login(ada, params)
  const fields = {
    grant_type: 'authorization_code',
    client_id: tenant.clientId,
    code,
    redirect_uri: callback,
  }
  const exchange = { ...fields, code_verifier: visitor.verifier }
  const first = await post(exchange, await prover.prove())
  const { nonce } = first
  const { body } = await post(exchange, await prover.prove({ nonce }))
  return { prover, nonce, first, body }
}

test('asks a public application for a nonce, and binds the tokens to its key', async () => {
  const { first, body, prover } = await obtain({ audience: bound })
  expect([first.status, first.body.error]).toEqual([400, 'use_dpop_nonce'])
  expect(body.token_type).toBe('DPoP')
  expect(claimsOf(body.access_token ?? '').cnf).toEqual({ jkt: prover.thumbprint })
})

test('gives a plain token for an API that is not set up for it', async () => {
  const { body } = await obtain({ audience: api })
  expect(body.token_type).toBe('Bearer')
  expect(claimsOf(body.access_token ?? '').cnf).toBeUndefined()
})

test('refreshes only for the same key', async () => {
  const { body, nonce, prover } = await obtain({ audience: bound, scope: 'openid offline_access' })
  const { refresh_token = '' } = body
  const refresh = { grant_type: 'refresh_token', client_id: tenant.clientId, refresh_token }
  const other = await createProver()
  expect((await post(refresh, await other.prove({ nonce }))).status).not.toBe(200)
  expect((await post(refresh, await prover.prove({ nonce }))).body.token_type).toBe('DPoP')
})

test.each([
  ['the profile', '/userinfo', () => ({})],
  ['My Account', '/me/v1/factors', () => ({ audience: `${tenant.url}/me/`, scope: 'read:me:factors' })],
])('serves %s only to who holds the key', async (_, path, params) => {
  const { body, prover } = await obtain(params())
  const { access_token: token = '' } = body
  const claims = { htm: 'GET', htu: tenant.url + path }
  const ath = createHash('sha256').update(token).digest('base64url')
  const ask = async (scheme: string, proof?: Promise<string>) =>
    (
      await fetch(tenant.url + path, {
        headers: { authorization: `${scheme} ${token}`, ...(proof && { dpop: await proof }) },
      })
    ).status
  expect(await ask('DPoP', prover.prove({ ...claims, ath }))).toBe(200)
  expect(await ask('Bearer')).toBe(401)
  expect(await ask('DPoP', prover.prove(claims))).toBe(401)
  expect(await ask('DPoP', (await createProver()).prove({ ...claims, ath }))).toBe(401)
})

test('binds a machine’s token, refuses one without a proof where the API wants it, and a wrong proof', async () => {
  const { clientId: client_id, clientSecret: client_secret } = tenant.m2m
  const fields = { grant_type: 'client_credentials', client_id, client_secret, audience: bound }
  const prover = await createProver()
  const { body } = await post(fields, await prover.prove())
  expect(claimsOf(body.access_token ?? '').cnf).toEqual({ jkt: prover.thumbprint })
  expect(await post(fields)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  const wrong = [
    prover.prove({ htm: 'GET' }),
    prover.prove({ htu: `${tenant.url}/userinfo` }),
    createProver('ES384').then((other) => other.prove()),
  ]
  for (const proof of wrong) {
    expect(await post(fields, await proof)).toMatchObject({
      status: 400,
      body: { error: 'invalid_dpop_proof' },
    })
  }
})
