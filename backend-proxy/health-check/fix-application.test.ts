import { describe, expect, it } from 'vitest'
import type { Environment } from 'lowgate/contract'
import type { Fix, ProxyError } from 'lowgate/contract/proxy-api'
import type { TenantClient } from '../tenant/tenant-client.ts'
import { fixApplication } from './fix-application.ts'

const kept = 'https://shop.example/old'

/** Adds `addresses` to the callbacks at `domain`; resolves with what the tenant was told and what the caller was. */
async function add(
  addresses: string | string[],
  environment: Environment = 'production',
  domain = 't.auth0.com',
  field: Fix['field'] = 'callbacks',
) {
  const told: unknown[] = []
  const management = {
    clients: {
      get: () => Promise.resolve({ client_id: 'spa', name: 'Shop', callbacks: [kept] }),
      update: (_id: string, change: unknown) => Promise.resolve(told.push(change)),
    },
  }
  const tenant = {
    domain,
    call: (run: (on: unknown) => unknown) => run(management),
  } as unknown as TenantClient
  const request = { fixes: [{ field, add: [addresses].flat() }], apply: true }
  const refusal = await fixApplication(
    { tenant, clientId: 'spa', environment },
    request,
    new AbortController().signal,
  ).then(
    () => undefined,
    (error: ProxyError) => error,
  )
  return { told, refusal }
}

describe('in production, a fix', () => {
  it.each([
    ['http://shop.example/callback', 'is not encrypted'],
    ['HTTP://shop.example/callback', 'is not encrypted'],
    ['http://localhost:3000/callback', 'is on a developer’s machine'],
    ['https://localhost/callback', 'is on a developer’s machine'],
    ['https://shop.localhost/callback', 'is on a developer’s machine'],
    ['https://localhost./callback', 'is on a developer’s machine'],
    ['https://localhost../callback', 'is on a developer’s machine'],
    ['https://localhost.localdomain/callback', 'is on a developer’s machine'],
    ['https://ⓛocalhost/callback', 'is on a developer’s machine'],
    ['https://127.1/callback', 'is on a developer’s machine'],
    ['https://0x7f000001/callback', 'is on a developer’s machine'],
    ['https://0.0.0.0/callback', 'is on a developer’s machine'],
    ['https://[::1]/callback', 'is on a developer’s machine'],
    ['https://[::]/callback', 'is on a developer’s machine'],
    ['https://[::ffff:127.0.0.1]/callback', 'is on a developer’s machine'],
    ['https://shop.example/callback#x', 'has a fragment'],
    ['https://shop.example/callback#', 'has a fragment'],
    ['https://*.shop.example/callback', 'has a wildcard'],
    ['https://shop.example/*', 'has a wildcard'],
    ['https://user@shop.example/callback', 'has a name before its host'],
    ['https://user:word@shop.example/callback', 'has a name before its host'],
  ])('does not add %s, and says that it %s', async (address, reason) => {
    for (const field of ['callbacks', 'allowedLogoutUrls', 'webOrigins'] as const) {
      const { told, refusal } = await add(address, 'production', 't.auth0.com', field)
      expect(told).toEqual([])
      expect(refusal).toMatchObject({
        code: 'proxy/insecure-address',
        fields: [{ field, message: expect.stringContaining(reason) as string }],
      })
    }
  })

  it('adds an https address to those that are there', async () => {
    const { told } = await add('https://shop.example/callback?x=1')
    expect(told).toEqual([{ callbacks: [kept, 'https://shop.example/callback?x=1'] }])
  })

  it('adds an address of this machine only where the tenant is on this machine too', async () => {
    const address = 'http://shop.localhost:4405/callback'
    expect((await add(address, 'production', 'localhost:4401')).told).toHaveLength(1)
    for (const domain of ['t.auth0.com', 'localhost.auth0.com', 'login.localhost.example'])
      expect((await add(address, 'production', domain)).told).toEqual([])
  })

  it.each(['http://shop.example/callback', 'http://localhost:4405/callback#x', 'http://localhost.example/'])(
    'does not add %s to a tenant on this machine either',
    async (address) => {
      const { refusal } = await add(address, 'production', 'localhost:4401')
      expect(refusal?.code).toBe('proxy/insecure-address')
    },
  )

  it('names every address that it refuses, and does not add the others', async () => {
    const { told, refusal } = await add(['http://a.example', 'https://b.example', 'https://*.c.example#x'])
    expect(told).toEqual([])
    expect(refusal?.fields?.map(({ message }) => message)).toEqual([
      'http://a.example is not encrypted.',
      'https://*.c.example#x has a wildcard.',
      'https://*.c.example#x has a fragment.',
    ])
    expect(refusal?.message).toContain('http://a.example is not encrypted.')
  })
})

describe('before production, a fix', () => {
  it.each(['editor', 'preview', 'staging'] as const)(
    'adds http and this machine (%s)',
    async (environment) => {
      for (const address of ['http://localhost:3000/callback', 'http://shop.example/callback']) {
        const { told } = await add(address, environment)
        expect(told).toEqual([{ callbacks: [kept, address] }])
      }
    },
  )
})
