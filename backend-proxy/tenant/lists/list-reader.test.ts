import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ListPage } from 'lowgate/contract/proxy-api'
import { json, startStubTenant, type StubTenant } from '../../testing/stub-tenant.ts'
import { createTestProxy, credentialsFor, type TestProxy } from '../../testing/test-proxy.ts'

let tenant: StubTenant
let proxy: TestProxy

beforeEach(async () => {
  tenant = await startStubTenant()
  proxy = await createTestProxy({ localTenants: [tenant.domain] })
})

afterEach(async () => {
  await proxy.close()
  await tenant.close()
})

const list = async (request: object) => {
  const path = '/projects/shop/environments/preview/lists/applications'
  const body = { credentials: credentialsFor(tenant.domain), ...request }
  return (await proxy.call<ListPage>('POST', path, body)).body
}

const names = (page: ListPage) => page.items.map(({ label }) => label)

describe('a list', () => {
  it('shows an item once that moved to the next page meanwhile', async () => {
    let all = Array.from({ length: 150 }, (_, index) => ({
      client_id: `c${String(index)}`,
      name: `A${String(index)}`,
    }))
    tenant.on('/api/v2/clients', (request, response) => {
      const start = Number(new URL(`http://x${String(request.url)}`).searchParams.get('page')) * 100
      json({ total: all.length, start, limit: 100, clients: all.slice(start, start + 100) })(
        request,
        response,
      )
    })
    const first = await list({})
    all = [{ client_id: 'new', name: 'New' }, ...all]
    const second = await list({ cursor: first.next })
    const shown = [...names(first), ...names(second)]
    expect(shown).toHaveLength(150)
    expect(new Set(shown).size).toBe(150)
  })

  it('whose tenant has no search is searched by its pages, and the tenant is not asked for a search again', async () => {
    tenant.on(
      '/api/v2/clients',
      json({
        total: 2,
        start: 0,
        limit: 100,
        clients: [
          { client_id: 'a', name: 'Shop' },
          { client_id: 'b', name: 'Blog' },
        ],
      }),
    )
    expect(names(await list({ search: 'sho' }))).toEqual(['Shop'])
    expect(names(await list({ search: 'blo' }))).toEqual(['Blog'])
    expect(tenant.count('/api/v2/clients/search')).toBe(1)
    expect(tenant.count('/api/v2/clients')).toBe(1)
  })

  it('is searched by its pages for what no filter can hold', async () => {
    const clients = ['Shop', 'The "Shop"', 'Back\\office'].map((name) => ({ client_id: name, name }))
    tenant.on('/api/v2/clients', json({ total: 3, start: 0, limit: 100, clients }))
    tenant.on('/api/v2/clients/search', json({ clients }))
    expect(names(await list({ search: '"' }))).toEqual(['The "Shop"'])
    expect(names(await list({ search: '\\' }))).toEqual(['Back\\office'])
    expect(names(await list({ search: 'shop" or name pr' }))).toEqual([])
    expect(tenant.count('/api/v2/clients/search')).toBe(0)
  })

  it.each(['', 'acm'])(
    'of checkpoints refuses a cursor that the tenant does not know, searched for %j',
    async (search) => {
      tenant.on('/api/v2/organizations', json({ statusCode: 400, message: 'Invalid cursor' }, 400))
      tenant.on('/api/v2/organizations/search', json({ statusCode: 400, message: 'Invalid cursor' }, 400))
      const body = { credentials: credentialsFor(tenant.domain), search, cursor: 'of-another-list' }
      const answer = await proxy.call('POST', '/projects/shop/environments/preview/lists/organizations', body)
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'cursor' }] } })
    },
  )

  it('ends when a tenant says that there is more but sends nothing', async () => {
    tenant.on('/api/v2/clients', json({ total: 7, start: 0, limit: 100, clients: [] }))
    expect(await list({})).toMatchObject({ items: [], next: null })
  })
})
