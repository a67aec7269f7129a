import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { remoteLists, type RemoteList } from '../../contract/index.ts'
import type { Choice, ListPage } from '../../contract/proxy-api/index.ts'
import type { TenantSeed } from '../../local-tenant/index.ts'
import { secret } from '../../backend-proxy/testing/test-proxy.ts'
import { startTenantAndProxy, type TenantAndProxy } from './tenant-and-proxy.ts'

const values = ({ body }: { body: ListPage }) => body.items.map(({ value }) => value)

describe('the lists of a tenant', () => {
  let setup: TenantAndProxy

  beforeAll(async () => {
    setup = await startTenantAndProxy((seed) => ({
      ...seed,
      custom_domains: [
        { custom_domain_id: 'cd_1', domain: 'login.acme.example', status: 'ready' },
        { custom_domain_id: 'cd_2', domain: 'auth.acme.example', status: 'pending_verification' },
      ],
    }))
  })

  afterEach(() => setup.control.clearFaults())
  afterAll(() => setup.close())

  it.each<[RemoteList, string[]]>([
    ['applications', ['Acme site', 'Acme back office', 'Acme kiosk (no URLs yet)']],
    ['apis', ['Acme API']],
    ['organizations', ['Acme North', 'Acme South']],
    ['identity-providers', ['Username-Password-Authentication', 'google-oauth2', 'Acme staff']],
    ['custom-domains', ['login.acme.example', 'auth.acme.example']],
    ['roles', ['Manager', 'Reader']],
  ])('%s shows what a builder chooses from', async (list, labels) => {
    const { body } = await setup.list(list)
    expect(body.items.map(({ label }) => label)).toEqual(labels)
    expect(body.next).toBe(null)
  })

  it.each<[RemoteList, string, string[]]>([
    ['applications', 'BACK', ['Acme back office']],
    ['applications', 'ac', ['Acme site', 'Acme back office', 'Acme kiosk (no URLs yet)']],
    ['apis', 'api.acme', ['Acme API']],
    ['organizations', 'north', ['Acme North']],
    ['identity-providers', 'staff', ['Acme staff']],
    ['custom-domains', 'login', ['login.acme.example']],
    ['roles', 'man', ['Manager']],
    ['applications', 'there is no such name', []],
    ['applications', '" or app_type eq "regular_web', []],
  ])('%s finds %j by part of its name', async (list, search, labels) => {
    const { status, body } = await setup.list(list, { search })
    expect(status).toBe(200)
    expect(body.items.map(({ label }) => label)).toEqual(labels)
  })

  it.each<[RemoteList, string, string]>([
    ['applications', 'acmeBackOfficeSpaApplicat000Prev', 'Acme back office'],
    ['apis', 'https://api.acme.example', 'Acme API'],
    ['organizations', 'org_acmeSouth0000001', 'Acme South'],
    ['organizations', 'acme-south', 'Acme South'],
  ])('%s finds %s, pasted whole', async (list, search, label) => {
    const { body } = await setup.list(list, { search })
    expect(body.items.map((item) => item.label)).toEqual([label])
  })

  it('a client ID in other letters is another one, and finds nothing', async () => {
    const id = 'acmeBackOfficeSpaApplicat000Prev'
    expect(values(await setup.list('applications', { search: id.toUpperCase() }))).toEqual([])
    expect(values(await setup.list('applications', { search: id }))).toEqual([id])
  })

  it('the client ID of an application that no site may use finds nothing', async () => {
    expect(values(await setup.list('applications', { search: setup.credentials.m2mClientId }))).toEqual([])
  })

  it.each<[RemoteList, string]>([
    ['applications', 'acmeBackOfficeSpaApplicat000Prev'],
    ['apis', 'https://api.acme.example'],
    ['organizations', 'org_acmeSouth0000001'],
    ['organizations', 'acme-south'],
    ['identity-providers', 'acme-staff'],
    ['custom-domains', 'auth.acme.example'],
    ['roles', 'Reader'],
  ])('%s resolves %s, chosen earlier, although the search shows others', async (list, id) => {
    const { body } = await setup.list(list, { search: 'zzz', ids: [id, 'gone'] })
    expect(body.items).toEqual([])
    expect(body.chosen?.map(({ value }) => value)).toEqual([id])
  })

  it('no secret is in any of them', async () => {
    const answers = await Promise.all(remoteLists.map((list) => setup.list(list)))
    for (const { status, body, text } of answers) {
      expect(status).toBe(200)
      expect(body.items).not.toEqual([])
      expect(text).not.toContain('secret')
    }
  })

  it('reopening the panel within the freshness time asks the tenant nothing', async () => {
    const open = () =>
      Promise.all(remoteLists.map((list) => setup.list(list, { ids: ['acmeBackOfficeSpaApplicat000Prev'] })))
    const first = await open()
    await setup.upstreamCalls()
    expect((await open()).map(({ body }) => body)).toEqual(first.map(({ body }) => body))
    expect(await setup.upstreamCalls()).toBe(0)
  })

  it('a forced refresh asks again, for every caller from then on', async () => {
    await setup.list('roles')
    await setup.upstreamCalls()
    const refreshed = await setup.list('roles', { refresh: true })
    const later = await setup.list('roles')
    expect(later.body.readAt).toBe(refreshed.body.readAt)
    expect(await setup.upstreamCalls()).toBe(1)
  })

  it('the same page wanted by many at once is one request', async () => {
    await setup.upstreamCalls()
    await Promise.all(Array.from({ length: 50 }, () => setup.list('applications', { search: 'kiosk' })))
    expect(await setup.upstreamCalls()).toBe(1)
  })

  it('what failed is not remembered', async () => {
    await setup.control.addFault({ kind: 'truncate', path: '/api/v2/roles', times: 1 })
    expect((await setup.list('roles', { search: 'reader' })).status).toBe(502)
    expect((await setup.list('roles', { search: 'reader' })).status).toBe(200)
  })

  it.each(['x', '-1', '1e9', '99999999999999999999'])('a cursor of %j is refused', async (cursor) => {
    expect((await setup.list('applications', { cursor })).body.error).toBe('invalid_input')
  })
})

it('a missing scope is named, and the other lists load', async () => {
  const setup = await startTenantAndProxy((seed) => seed, ['read:clients'])
  const refused = await setup.list('organizations')
  expect(refused.body).toMatchObject({ error: 'insufficient_scope' })
  expect(refused.body.error_description).toContain('read:organizations')
  expect((await setup.list('applications')).status).toBe(200)
  await setup.close()
})

it('on the free plan there are no custom domains, and no list fails', async () => {
  const setup = await startTenantAndProxy((seed) => ({ ...seed, tenant: { ...seed.tenant, plan: 'free' } }))
  for (const search of ['', 'login']) {
    const { status, body } = await setup.list('custom-domains', { search, ids: ['login.acme.example'] })
    expect({ status, items: body.items, chosen: body.chosen }).toEqual({ status: 200, items: [], chosen: [] })
  }
  await setup.close()
})

describe('the advice on a client ID that Auth0 refuses', () => {
  let setup: TenantAndProxy

  beforeAll(async () => {
    setup = await startTenantAndProxy((seed) => ({
      ...seed,
      client_grants: [],
      clients: seed.clients.map((client) =>
        client.client_id === 'acmeBackOfficeSpaApplicat000Prev'
          ? { ...client, client_secret: secret, token_endpoint_auth_method: 'client_secret_post' as const }
          : client,
      ),
    }))
  })
  afterAll(() => setup.close())

  const advice = async (more: object) => {
    const { body } = await setup.list('applications', { credentials: { ...setup.credentials, ...more } })
    return body
  }

  it('of an M2M application that was never authorized is to authorize it', async () => {
    expect(await advice({})).toMatchObject({
      error: 'no_api_access',
      suggestion: expect.stringContaining('authorize the application') as string,
    })
  })

  it('of an SPA is to create another application, since it has no scopes to tick', async () => {
    const spas = ['acmeWebSiteSpaApplication000Prev', 'acmeBackOfficeSpaApplicat000Prev']
    const answers = await Promise.all(
      spas.map((m2mClientId) => advice({ m2mClientId, m2mClientSecret: secret })),
    )
    expect(answers.map(({ error }) => error)).toEqual(['invalid_credentials', 'no_api_access'])
    for (const { suggestion } of answers) {
      expect(suggestion).toMatch(/Single Page.*create a Machine to Machine application/)
      expect(suggestion).not.toMatch(/tick|scope/)
    }
  })
})

it('names with markup arrive as the text they are', async () => {
  const name = '<img src=x onerror=alert(1)>&amp;'
  const setup = await startTenantAndProxy((seed) => ({
    ...seed,
    clients: [...seed.clients, { client_id: 'markup', name, app_type: 'spa' }],
  }))
  const answer = await setup.list('applications', { ids: ['markup'] })
  expect(answer.headers.get('content-type')).toContain('application/json')
  expect(answer.body.chosen?.[0]?.label).toBe(name)
  await setup.close()
})

const big = (seed: TenantSeed): TenantSeed => ({
  ...seed,
  tenant: { ...seed.tenant, plan: 'free' },
  clients: [
    ...seed.clients,
    ...Array.from({ length: 5_000 }, (_, index) => ({
      client_id: `spa${String(index)}`,
      name: `Application ${String(index)}`,
      app_type: 'spa' as const,
    })),
  ],
  organizations: Array.from({ length: 20_000 }, (_, index) => ({
    id: `org_${String(index)}`,
    name: `organization-${String(index)}`,
    display_name: `Organization ${String(index)}`,
  })),
})

describe('a large tenant on the free plan', () => {
  let setup: TenantAndProxy

  beforeAll(async () => {
    setup = await startTenantAndProxy(big)
  })

  afterEach(() => setup.control.clearFaults())
  afterAll(() => setup.close())

  it('opens all lists at once without a refusal', async () => {
    const answers = await Promise.all(remoteLists.map((list) => setup.list(list)))
    expect(answers.map(({ status }) => status)).toEqual(remoteLists.map(() => 200))
    const requests = await setup.control.requests('/api/v2')
    expect(requests.filter(({ status }) => status === 429)).toEqual([])
  })

  it.each<[RemoteList, string, string]>([
    ['applications', 'application 4999', 'spa4999'],
    ['organizations', 'organization 19999', 'org_19999'],
  ])('shows any of its %s after at most three requests', async (list, search, value) => {
    await setup.upstreamCalls()
    await setup.list(list)
    expect(values(await setup.list(list, { search }))).toEqual([value])
    expect(await setup.upstreamCalls()).toBeLessThanOrEqual(3)
  })

  it('is reachable to its last application without the search endpoint', async () => {
    await setup.control.changeTenant({ plan: 'unlimited' })
    await setup.control.addFault({ kind: 'status', status: 404, path: '/api/v2/clients/search' })
    const found: Choice[] = []
    let cursor: string | null | undefined
    do {
      const { body } = await setup.list('applications', { search: 'tion 499', ...(cursor && { cursor }) })
      found.push(...body.items)
      cursor = body.next
    } while (cursor)
    expect(found.map(({ label }) => label)).toEqual([
      'Application 499',
      ...Array.from({ length: 10 }, (_, index) => `Application 499${String(index)}`),
    ])
  })
})
