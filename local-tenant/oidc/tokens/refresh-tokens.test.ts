import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectControl, type TenantControl } from '../../index.ts'
import { ada, ben, startDemoTenant, type DemoTenant } from '../../testing/demo-tenant.ts'
import type { Client } from '../../tenant/seeds/schema.ts'
import { claimsOf, createRawClient } from '../../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
const api = 'https://api.acme.example'
const offline = { scope: 'openid profile email offline_access' }
let tenant: DemoTenant
let control: TenantControl

beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      const [, spa, , kiosk, web] = seed.clients
      const third = { ...spa, client_id: 'third', name: 'Of somebody else', is_first_party: false } as Client
      seed.clients.push(third)
      seed.connections?.[0]?.enabled_clients?.push('third')
      if (spa?.refresh_token) {
        spa.refresh_token.policies = [
          { audience: 'https://other.example', scope: ['read:other'] },
          { audience: api, scope: ['read:orders'] },
          { audience: 'https://asks.example', scope: [] },
          { audience: 'management', scope: ['read:users'] },
        ]
        third.refresh_token = structuredClone(spa.refresh_token)
      }
      const refresh_token = { rotation_type: 'rotating', leeway: 60 }
      if (kiosk) Object.assign(kiosk, { callbacks: [callback], refresh_token })
      if (web) web.callbacks = [callback]
      seed.resource_servers?.push({
        id: 'other',
        identifier: 'https://other.example',
        name: 'Other',
        scopes: [{ value: 'read:other' }],
        allow_offline_access: true,
      })
      seed.resource_servers?.push({
        ...{ id: 'asks', identifier: 'https://asks.example', name: 'Asks for consent' },
        skip_consent_for_verifiable_first_party_clients: false,
      })
    },
  })
  control = connectControl(tenant.url)
})
afterAll(() => tenant.close())

const visit = (index = 1) =>
  createRawClient(tenant, { clientId: tenant.seed.clients[index]?.client_id ?? '', callback })

async function obtain(user = ada, params: Record<string, string> = {}, client = visit()) {
  return { client, ...(await client.obtain(user, params)) }
}

describe('refresh tokens', () => {
  test('come only with offline_access', async () => {
    expect((await obtain()).body.refresh_token).toBeUndefined()
    expect((await obtain(ada, offline)).body.refresh_token).toBeTypeOf('string')
  })

  test('stay as they are where the application does not rotate them', async () => {
    const client = visit(4)
    const client_secret = tenant.seed.clients[4]?.client_secret ?? ''
    const { code = '' } = await client.login(ada, offline)
    const { body } = await client.exchange(code, { client_secret })
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token, client_secret }
    const answers = [await client.token(fields), await client.token(fields)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers.map((answer) => answer.body.refresh_token)).toEqual([undefined, undefined])
  })

  test('rotate, and reuse revokes the whole family', async () => {
    const { client, body } = await obtain(ada, offline)
    const refresh = (refresh_token: string) => client.token({ grant_type: 'refresh_token', refresh_token })
    const next = await refresh(body.refresh_token)
    expect(next.body.refresh_token).not.toBe(body.refresh_token)
    const refused = {
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
    }
    expect(await refresh(body.refresh_token)).toEqual(refused)
    expect(await refresh(next.body.refresh_token)).toEqual(refused)
  })

  test('may be used again within the leeway', async () => {
    const { client, body } = await obtain(ada, offline, visit(3))
    const refresh = () => client.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })
    expect([(await refresh()).status, (await refresh()).status]).toEqual([200, 200])
    await control.shiftClock(61)
    expect((await refresh()).status).toBe(403)
    await control.shiftClock(0)
  })

  test('end after the idle lifetime', async () => {
    const { client, body } = await obtain(ada, offline)
    await control.shiftClock(15 * 86_400 + 60)
    const late = await client.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })
    await control.shiftClock(0)
    expect(late.body.error).toBe('invalid_grant')
  })

  test('end after the absolute lifetime of the family, however often they rotate', async () => {
    const { client, body } = await obtain(ada, offline)
    let current = body.refresh_token
    const statuses: number[] = []
    for (const day of [12, 24, 31]) {
      await control.shiftClock(day * 86_400)
      const next = await client.token({ grant_type: 'refresh_token', refresh_token: current })
      statuses.push(next.status)
      current = next.body.refresh_token
    }
    await control.shiftClock(0)
    expect(statuses).toEqual([200, 200, 403])
  })

  test('give fewer scopes when asked', async () => {
    const { client, body } = await obtain(ada, offline)
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token, scope: 'openid' }
    expect((await client.token(fields)).body.scope).toBe('openid')
  })

  test('give what the login did for a scope without a word in it', async () => {
    const { client, body } = await obtain(ada, offline)
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token, scope: ' ' }
    expect((await client.token(fields)).body.scope).toBe(body.scope)
  })

  test('give a token for another API where a policy names it, and refuse the rest', async () => {
    const { client, body } = await obtain(ada, offline)
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
    const other = await client.token({ ...fields, audience: 'https://other.example' })
    expect(claimsOf(other.body.access_token)).toMatchObject({
      scope: expect.stringContaining('read:other') as string,
    })
    expect(other.body.scope).toContain('offline_access')
    expect(other.body.scope).not.toContain('read:orders')
  })

  test.each([
    ['an API that no policy names', 'https://nowhere.example'],
    ['the Management API, although a policy names it', 'management'],
    ['an API that asks for consent', 'https://asks.example'],
  ])('give no token for %s', async (_, audience) => {
    const { client, body } = await obtain(ada, offline)
    const named = audience === 'management' ? `https://${tenant.domain}/api/v2/` : audience
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token, audience: named }
    const refused = await client.token(fields)
    expect([refused.status, refused.body.error]).toEqual([403, 'access_denied'])
  })

  test('widen the scopes at the API of the login by its policy, where they are asked for', async () => {
    const { client, body } = await obtain(ada, { ...offline, audience: api })
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
    const plain = await client.token(fields)
    expect(plain.body.scope).not.toContain('read:orders')
    const asked = { ...fields, refresh_token: plain.body.refresh_token, audience: api }
    const wide = await client.token({ ...asked, scope: 'openid read:orders write:orders' })
    expect(wide.body.scope).toBe('openid read:orders')
  })

  test('know no policies for an application of somebody else', async () => {
    const client = createRawClient(tenant, { clientId: 'third', callback })
    const { body } = await client.obtain(ada, offline)
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
    const refused = await client.token({ ...fields, audience: 'https://other.example' })
    expect([refused.status, refused.body.error]).toEqual([403, 'access_denied'])
  })

  describe('at /oauth/revoke', () => {
    const revoke = (fields: Record<string, string>, isJson = false) =>
      fetch(`${tenant.url}/oauth/revoke`, {
        method: 'POST',
        ...(isJson && { headers: { 'content-type': 'application/json' } }),
        body: isJson ? JSON.stringify(fields) : new URLSearchParams(fields),
      })
    const refreshWith = async (client: ReturnType<typeof visit>, refresh_token: string) =>
      (await client.token({ grant_type: 'refresh_token', refresh_token })).body.error ?? 'accepted'

    test.each([
      ['a form', false],
      ['JSON', true],
    ])('end when an application without a secret asks in %s, and the answer is empty', async (_, isJson) => {
      const { client, body } = await obtain(ada, offline)
      const answer = await revoke({ client_id: tenant.clientId, token: body.refresh_token }, isJson)
      expect([answer.status, await answer.text()]).toEqual([200, ''])
      expect(await refreshWith(client, body.refresh_token)).toBe('invalid_grant')
    })

    test('end with the whole family, whichever of it is named', async () => {
      const { client, body } = await obtain(ada, offline)
      const next = await client.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })
      await revoke({ client_id: tenant.clientId, token: body.refresh_token })
      expect(await refreshWith(client, next.body.refresh_token)).toBe('invalid_grant')
    })

    test('leave the visitor’s other logins as they are', async () => {
      const [here, there] = [await obtain(ada, offline), await obtain(ada, offline)]
      await revoke({ client_id: tenant.clientId, token: here.body.refresh_token })
      expect(await refreshWith(there.client, there.body.refresh_token)).toBe('accepted')
    })

    test('stay when another application asks, which learns nothing from the answer', async () => {
      const { client, body } = await obtain(ada, offline)
      const other = { client_id: tenant.organizationClientId, token: body.refresh_token }
      const unknown = { client_id: tenant.clientId, token: 'unknown' }
      for (const answer of [await revoke(other), await revoke(unknown)])
        expect([answer.status, await answer.text()]).toEqual([200, ''])
      expect(await refreshWith(client, body.refresh_token)).toBe('accepted')
    })

    test('are not looked for without an application or a token', async () => {
      const answers = [await revoke({ token: 'x' }), await revoke({ client_id: tenant.clientId })]
      expect(answers.map(({ status }) => status)).toEqual([401, 400])
    })
  })

  test('are refused when the control API has revoked them', async () => {
    const { client, body } = await obtain(ben, offline)
    await control.revokeRefreshTokens(ben.email)
    const late = await client.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })
    expect(late.body.error).toBe('invalid_grant')
  })
})
