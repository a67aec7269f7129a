import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectControl, type TenantControl } from '../../index.ts'
import { ada, ben, startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
const api = 'https://api.acme.example'
const offline = { scope: 'openid profile email offline_access' }
const signing_secret = 'a-signing-secret-of-an-api-on-this-machine'
let tenant: DemoTenant
let control: TenantControl

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const web = seed.clients[4]
      if (web) Object.assign(web, { callbacks: [callback], jwt_configuration: { alg: 'HS256' } })
      seed.actions?.push({
        name: 'Change scopes when asked',
        onExecutePostLogin(event, action) {
          if (!event.transaction.acr_values.includes('change-scopes')) return
          action.accessToken.addScope('added:by-action')
          action.accessToken.removeScope('write:orders')
        },
      })
      seed.resource_servers?.push({
        id: 'symmetric',
        identifier: 'https://symmetric.example',
        name: 'Symmetric',
        signing_alg: 'HS256',
        signing_secret,
      })
    },
  })
  control = connectControl(tenant.url)
})
afterAll(() => tenant.close())

const visit = (index = 1) =>
  createRawClient(tenant, { clientId: tenant.seed.clients[index]?.client_id ?? '', callback })

async function obtain(user = ada, params: Record<string, string> = {}) {
  const client = visit()
  return { client, ...(await client.obtain(user, params)) }
}

describe('the code exchange', () => {
  test('gives an ID token that verifies with the published keys', async () => {
    const { body } = await obtain(ada, { nonce: 'n-1' })
    const keys = createRemoteJWKSet(new URL(`${tenant.url}/.well-known/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(body.id_token, keys, {
      issuer: `${tenant.url}/`,
      audience: tenant.clientId,
    })
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' })
    expect(payload).toMatchObject({ nonce: 'n-1', email: ada.email, name: 'Ada Byron' })
    expect(payload.auth_time).toBeUndefined()
  })

  test('gives an opaque access token without an API, good for /userinfo', async () => {
    const { body } = await obtain()
    expect(body.access_token.split('.')).toHaveLength(1)
    const { access_token } = body
    const ways = {
      header: fetch(`${tenant.url}/userinfo`, { headers: { authorization: `Bearer ${access_token}` } }),
      query: fetch(`${tenant.url}/userinfo?access_token=${access_token}`),
      form: fetch(`${tenant.url}/userinfo`, { method: 'POST', body: new URLSearchParams({ access_token }) }),
    }
    for (const profile of Object.values(ways)) {
      expect(await (await profile).json()).toMatchObject({ email: ada.email })
    }
  })

  test('refuses a code used twice and revokes what the first use gave', async () => {
    const { client, code, body } = await obtain(ada, offline)
    const second = await client.exchange(code)
    expect(second).toEqual({
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Invalid authorization code' },
    })
    const refreshed = await client.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })
    expect(refreshed.body.error).toBe('invalid_grant')
  })

  test('refuses a code with another verifier', async () => {
    const client = visit()
    const { code = '' } = await client.login(ada)
    const answer = await client.exchange(code, { code_verifier: 'x'.repeat(43) })
    expect(answer).toEqual({
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Failed to verify code verifier' },
    })
  })

  test('puts auth_time into the ID token when max_age was asked for', async () => {
    const { body } = await obtain(ada, { max_age: '600' })
    expect(claimsOf(body.id_token).auth_time).toBeTypeOf('number')
  })

  test('signs with the client secret where the application is set to HS256', async () => {
    const client = visit(4)
    const { code = '' } = await client.login(ada)
    const secret = tenant.seed.clients[4]?.client_secret ?? ''
    const { body } = await client.exchange(code, { client_secret: secret })
    const { protectedHeader } = await jwtVerify(body.id_token, new TextEncoder().encode(secret))
    expect(protectedHeader.alg).toBe('HS256')
  })
})

describe('the token endpoint', () => {
  const post = async (fields: Record<string, string>) => {
    const body = new URLSearchParams(fields)
    const response = await fetch(`${tenant.url}/oauth/token`, { method: 'POST', body })
    return { status: response.status, body: (await response.json()) as unknown }
  }

  test('refuses a request that does not name its application', async () => {
    expect(await post({ grant_type: 'authorization_code', code: 'x' })).toEqual({
      status: 401,
      body: { error: 'access_denied', error_description: 'Unauthorized' },
    })
  })

  test('names the parameter that is missing', async () => {
    expect(await post({ grant_type: 'authorization_code', client_id: tenant.clientId })).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description: 'Missing required parameter: code' },
    })
  })
})

describe('an access token for an API', () => {
  const scope = 'openid read:orders write:orders delete:everything'

  test('has the scopes and permissions of the user’s roles', async () => {
    const { body } = await obtain(ben, { audience: api, scope })
    expect(claimsOf(body.access_token)).toMatchObject({
      iss: `${tenant.url}/`,
      aud: [api, `${tenant.url}/userinfo`],
      azp: tenant.clientId,
      scope: 'openid read:orders',
      permissions: ['read:orders'],
    })
    expect(body.scope).toBe('openid read:orders')
  })

  test('is only for the API without openid', async () => {
    const { body } = await obtain(ada, { audience: api, scope: 'read:orders' })
    expect(claimsOf(body.access_token).aud).toBe(api)
    expect(body.id_token).toBeUndefined()
  })

  test('is signed with the API’s own secret where the API is set to HS256', async () => {
    const { body } = await obtain(ada, { audience: 'https://symmetric.example' })
    const { payload } = await jwtVerify(body.access_token, new TextEncoder().encode(signing_secret))
    expect(payload.azp).toBe(tenant.clientId)
  })

  test('is for the tenant’s default audience when the application names none', async () => {
    await control.changeTenant({ default_audience: api })
    const { body } = await obtain()
    await control.changeTenant({ default_audience: '' })
    expect(claimsOf(body.access_token).aud).toContain(api)
  })

  test('has the scopes that an Auth0 Action adds, and not those that it removes', async () => {
    const params = { audience: api, scope, acr_values: 'change-scopes' }
    const { body } = await obtain(ada, params)
    expect(claimsOf(body.access_token).scope).toBe('openid read:orders added:by-action')
  })

  test('carries what the Auth0 Actions set', async () => {
    const { body } = await obtain(ada, { audience: api })
    expect(claimsOf(body.access_token)['https://lowgate.example/roles']).toEqual(['Manager'])
    expect(claimsOf(body.id_token)['https://lowgate.example/roles']).toEqual(['Manager'])
  })
})

describe('signing keys', () => {
  test('rotate: old tokens verify until the old key is withdrawn', async () => {
    const { body } = await obtain()
    const verify = () =>
      jwtVerify(body.id_token, createRemoteJWKSet(new URL(`${tenant.url}/.well-known/jwks.json`)))
    await control.rotateKeys()
    await expect(verify()).resolves.toBeTruthy()
    await control.withdrawKeys()
    await expect(verify()).rejects.toThrow('no applicable key')
    const { body: fresh } = await obtain()
    expect(fresh.id_token).toBeTypeOf('string')
  })
})
