import { describe, expect, it } from 'vitest'
import type { Environment } from 'lowgate/contract'
import type { TenantClient } from '../tenant/tenant-client.ts'
import { fixApplication } from './fix-application.ts'

const kept = 'https://shop.example/old'

describe('a fix', () => {
  const application = {
    client_id: 'spa',
    name: 'Shop',
    callbacks: [kept],
    grant_types: ['authorization_code'],
  }
  type Fixes = Parameters<typeof fixApplication>[1]['fixes']

  /** Makes `fixes` to an application; resolves with what the tenant was told, and what the caller was. */
  async function run(
    fixes: Fixes,
    {
      apply = true,
      clientId = 'spa',
      environment = 'preview' as Environment,
      get = (): Promise<unknown> => Promise.resolve(application),
      signal = new AbortController().signal,
    } = {},
  ) {
    const told: unknown[] = []
    const asked: unknown[] = []
    const clients = {
      get: (id: string) => {
        asked.push(id)
        return get()
      },
      update: (id: string, change: unknown) => Promise.resolve(told.push([id, change])),
    }
    const tenant = {
      domain: 't.auth0.com',
      call: (act: (on: unknown) => unknown) => act({ clients }),
    } as unknown as TenantClient
    const answer: unknown = await fixApplication(
      { tenant, clientId, environment },
      { fixes, apply },
      signal,
    ).catch((error: unknown) => error)
    return { told, asked, answer }
  }
  const callbacks = (...add: string[]): Fixes => [{ field: 'callbacks', add }]

  it('adds to each list what is not in it, each entry once, and touches no other list', async () => {
    const { told, asked, answer } = await run([
      ...callbacks(kept, 'https://a.example/', 'https://a.example/'),
      ...callbacks('https://b.example/'),
      { field: 'grantTypes', add: ['authorization_code', 'refresh_token'] },
      { field: 'allowedLogoutUrls', add: ['https://a.example/'] },
    ])
    expect(asked).toEqual(['spa'])
    expect(told).toEqual([
      [
        'spa',
        {
          callbacks: [kept, 'https://a.example/', 'https://b.example/'],
          allowed_logout_urls: ['https://a.example/'],
          grant_types: ['authorization_code', 'refresh_token'],
        },
      ],
    ])
    expect(answer).toEqual({
      clientId: 'spa',
      applicationName: 'Shop',
      applied: true,
      changes: [
        { field: 'callbacks', before: [kept], added: ['https://a.example/', 'https://b.example/'] },
        { field: 'allowedLogoutUrls', before: [], added: ['https://a.example/'] },
        { field: 'grantTypes', before: ['authorization_code'], added: ['refresh_token'] },
      ],
    })
  })

  it('that is only shown, or adds nothing, changes nothing', async () => {
    const shown = await run(callbacks('https://a.example/'), { apply: false })
    expect(shown.told).toEqual([])
    expect(shown.answer).toMatchObject({ applied: false, changes: [{ added: ['https://a.example/'] }] })
    const nothing = await run(callbacks(kept))
    expect(nothing.told).toEqual([])
    expect(nothing.answer).toMatchObject({ applied: true, changes: [] })
  })

  it('changes nothing once its caller was told that it took too long', async () => {
    const { told, answer } = await run(callbacks('https://a.example/'), {
      signal: AbortSignal.abort(new Error('late')),
    })
    expect(told).toEqual([])
    expect(answer).toEqual(new Error('late'))
  })

  it('fills a list up to 100 entries, and no further', async () => {
    const many = Array.from({ length: 99 }, (_, index) => `https://a.example/${String(index)}`)
    expect((await run(callbacks(...many))).told).toHaveLength(1)
    const { told, answer } = await run(callbacks(...many, 'https://a.example/99'))
    expect(told).toEqual([])
    expect(answer).toMatchObject({
      code: 'proxy/invalid-input',
      fields: [{ field: 'callbacks', message: expect.stringContaining('100 entries at most') as string }],
    })
  })

  it.each([
    ['without a client ID', { clientId: '' }],
    [
      'of an application that is gone',
      { get: () => Promise.reject(Object.assign(new Error(), { statusCode: 404 })) },
    ],
  ])('%s names the field', async (_case, situation) => {
    const { told, answer } = await run(callbacks('https://a.example/'), situation)
    expect(told).toEqual([])
    expect(answer).toMatchObject({
      code: 'proxy/invalid-input',
      fields: [{ field: 'clientId', message: 'Pick an SPA application that exists.' }],
    })
  })

  it('hands on why the application could not be read', async () => {
    const get = () => Promise.reject(new Error('down'))
    expect((await run(callbacks('https://a.example/'), { get })).answer).toEqual(new Error('down'))
  })

  it.each([
    '',
    'a.example',
    'ftp://a.example',
    'xhttps://a.example',
    'https://',
    'https:///a.example',
    'https://u@a.example',
    'https://a.example\\x',
    'https://a.example/ x',
    'https://a.example/,https://b.example',
    'https://a.example/<x>',
    'https://a.example/"',
    'https://*.a.example',
    'https://a.example/*',
    'https://a.example:port/',
    'https://a.example/x\n',
  ])('does not add %j, and names the field', async (entry) => {
    for (const field of ['callbacks', 'allowedLogoutUrls', 'webOrigins'] as const) {
      const { told, asked, answer } = await run([{ field, add: ['https://ok.example', entry] }])
      expect([...told, ...asked]).toEqual([])
      expect(answer).toMatchObject({
        fields: [{ field, message: `${entry} cannot be added to this list.` }],
      })
    }
  })

  it.each(['http://a.example', 'https://a.example:8443', 'https://a.example/b/c?d=@e#f', 'https://[::1]/'])(
    'adds %s before production',
    async (entry) => {
      expect((await run(callbacks(entry))).told).toHaveLength(1)
    },
  )

  it.each(['password', 'implicit', 'client_credentials', '', 'https://a.example'])(
    'does not add the grant type %j',
    async (grant) => {
      const { told, answer } = await run([{ field: 'grantTypes', add: ['refresh_token', grant] }])
      expect(told).toEqual([])
      expect(answer).toMatchObject({ fields: [{ field: 'grantTypes' }] })
    },
  )

  it('adds the grant types of a login, whatever the environment says of addresses', async () => {
    const fixes: Fixes = [{ field: 'grantTypes', add: ['refresh_token'] }]
    const { told } = await run(fixes, { environment: 'production' })
    expect(told).toEqual([['spa', { grant_types: ['authorization_code', 'refresh_token'] }]])
  })
})
