import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { proxyApi, type ProxyEndpoint, type TokenView } from 'lowgate/contract/proxy-api'
import { openStorage } from '../storage/database.ts'
import { databases, type TestDatabase } from '../testing/databases.ts'
import { startStubTenant } from '../testing/stub-tenant.ts'
import { at, createTestProxy, entered, makeDataDir, type TestProxy } from '../testing/test-proxy.ts'

type Issued = TokenView & { token: string }

const hour = 3_600_000
const connections = '/projects/shop/connections'
let proxy: TestProxy

const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` })

/** A new token of `shop`, issued by the operator or `by` another token. */
async function issue(wish: object = {}, by?: string): Promise<Issued> {
  const answer = await proxy.call<Issued>(
    'POST',
    '/projects/shop/tokens',
    { label: 'Mia', ...wish },
    by ? bearer(by) : {},
  )
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

/** Calls with an editor token; what was answered, shortly. */
async function as(token: string, method: string, path: string, body?: unknown) {
  const answer = await proxy.call(method, path, body, bearer(token))
  return answer.body.error ?? answer.status
}

afterEach(() => vi.useRealTimers())

for (const { name, skip, create } of databases)
  describe.skipIf(skip)(`editor tokens on ${name}`, () => {
    let database: TestDatabase
    let dataDir: string

    beforeEach(async () => {
      dataDir = makeDataDir()
      database = await create()
      proxy = await createTestProxy({ dataDir, ...database.config })
    })
    afterEach(async () => {
      await proxy.close({ keepData: true })
      await database.drop()
      rmSync(dataDir, { recursive: true })
    })

    it('open their project for twelve hours as an editor, unless something else is asked for', async () => {
      const { token, ...view } = await issue()
      expect(token).toMatch(/^lge_[0-9a-f]{16}_[\w-]{43}$/)
      expect(view).toEqual({
        id: token.slice(4, 20),
        label: 'Mia',
        role: 'editor',
        environments: ['editor', 'preview', 'staging', 'production'],
        createdAt: expect.any(String) as string,
        expiresAt: new Date(Date.parse(view.createdAt) + 12 * hour).toISOString(),
      })
      expect(await as(token, 'GET', connections)).toBe(200)
      const access = await proxy.call('GET', '/projects/shop/access', undefined, bearer(token))
      const { role, environments, label, expiresAt } = view
      expect(access.body).toEqual({ role, environments, label, expiresAt })
    })

    it('are listed with their last use, and shown to nobody again', async () => {
      const older = await issue({ role: 'viewer', environments: ['preview', 'preview'], hours: 1 })
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 })
      const newer = await issue()
      await as(newer.token, 'GET', connections)
      const list = await proxy.call<{ tokens: TokenView[] }>('GET', '/projects/shop/tokens')
      expect(list.body.tokens).toMatchObject([
        { id: newer.id, lastUsedAt: expect.any(String) as string },
        { id: older.id, role: 'viewer', environments: ['preview'] },
      ])
      expect(list.body.tokens[1]).not.toHaveProperty('lastUsedAt')
      expect(list.text).not.toContain(older.token.slice(21))
      expect(list.text).not.toContain('hash')
      expect(await proxy.call('GET', '/projects/blog/tokens')).toMatchObject({ body: { tokens: [] } })
    })

    it('end when they are revoked, with those that they issued, also those issued meanwhile', async () => {
      const owner = await issue({ role: 'owner' })
      const first = await issue({}, owner.token)
      const revoked = [
        proxy.call('DELETE', `/projects/shop/tokens/${owner.id}`),
        proxy.call('POST', '/projects/shop/tokens', { label: 'in between' }, bearer(owner.token)),
      ] as const
      expect((await revoked[0]).status).toBe(204)
      const between = (await revoked[1]).body as Partial<Issued>
      for (const token of [owner.token, first.token, between.token].filter((one) => one !== undefined))
        expect(await as(token, 'GET', connections)).toBe('token_revoked')
      const list = await proxy.call<{ tokens: TokenView[] }>('GET', '/projects/shop/tokens')
      const dates = new Set(list.body.tokens.map(({ revokedAt }) => revokedAt))
      expect([...dates]).toEqual([expect.any(String)])
      expect((await proxy.call('DELETE', `/projects/shop/tokens/${owner.id}`)).status).toBe(204)
      expect((await proxy.call('GET', '/projects/shop/tokens')).body).toEqual(list.body)
    })

    it('are revoked in their own project only', async () => {
      const { id, token } = await issue()
      expect((await proxy.call('DELETE', `/projects/blog/tokens/${id}`)).body.error).toBe('not_found')
      expect((await proxy.call('DELETE', '/projects/shop/tokens/0123456789abcdef')).status).toBe(404)
      expect(await as(token, 'GET', connections)).toBe(200)
    })

    it('are revoked only by owners who reach as far', async () => {
      const owner = await issue({ role: 'owner', environments: ['preview'] })
      const wide = await issue({ environments: ['preview', 'production'] })
      const narrow = await issue({ environments: ['preview'] })
      const revoke = ({ id }: Issued) => as(owner.token, 'DELETE', `/projects/shop/tokens/${id}`)
      expect(await revoke(wide)).toBe('not_permitted')
      expect(await as(wide.token, 'GET', connections)).toBe(200)
      expect(await revoke(narrow)).toBe(204)
      expect(await as(narrow.token, 'GET', connections)).toBe('token_revoked')
    })

    it('expire, and are forgotten 30 days later', async () => {
      const { token } = await issue({ hours: 1 })
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hour })
      const answer = await proxy.call('GET', connections, undefined, bearer(token))
      expect(answer).toMatchObject({
        status: 401,
        body: {
          error: 'token_expired',
          error_description: 'Your editor token has expired.',
          suggestion: 'Ask whoever runs the proxy for a new token.',
        },
      })
      const ids = async () =>
        (await proxy.call<{ tokens: TokenView[] }>('GET', '/projects/shop/tokens')).body.tokens.length
      expect(await ids()).toBe(1)
      vi.setSystemTime(Date.now() + 31 * 24 * hour)
      await issue()
      expect(await ids()).toBe(1)
      expect(await as(token, 'GET', connections)).toBe('unauthorized')
    })

    it('are kept as hashes only, and count for nothing once somebody changed them by hand', async () => {
      const { id, token } = await issue()
      expect(await as(token, 'GET', connections)).toBe(200)
      await proxy.close({ keepData: true })
      const storage = await openStorage({ dataDir, ...database.config })
      const rows = await sql`select * from editor_tokens`.execute(storage.db)
      expect(JSON.stringify(rows.rows)).not.toContain(token.slice(21))
      await sql`update editor_tokens set environments = 'preview,mars' where id = ${id}`.execute(storage.db)
      await storage.close()
      proxy = await createTestProxy({ dataDir, ...database.config })
      expect(await as(token, 'GET', connections)).toBe('unauthorized')
    })
  })

describe('an editor token', () => {
  beforeAll(async () => {
    proxy = await createTestProxy()
  })
  afterAll(() => proxy.close())

  it.each([
    ['cut off', (token: string) => token.slice(0, -1)],
    ['cut to its public part', (token: string) => token.slice(0, 20)],
    ['with one more letter', (token: string) => `${token}A`],
    [
      'with another last letter',
      (token: string) => token.slice(0, -2) + (token.at(-2) === 'x' ? 'yA' : 'xA'),
    ],
    ['in other letters', (token: string) => token.toUpperCase()],
    ['under another prefix', (token: string) => token.replace('lge_', 'lgo_')],
    ['of another id', (token: string) => token.replace(/_[0-9a-f]{16}_/, '_0123456789abcdef_')],
    ['twice', (token: string) => `${token},${token}`],
    ['as a pattern', () => 'lge_%'],
  ])('%s is none', async (_, change) => {
    const { token } = await issue()
    expect(await as(change(token), 'GET', connections)).toBe('unauthorized')
  })

  it('counts nowhere but in its header', async () => {
    const { token } = await issue()
    for (const query of [`token=${token}`, `access_token=${token}`, `authorization=Bearer%20${token}`])
      expect(
        (await proxy.call('GET', `${connections}?${query}`, undefined, { authorization: undefined })).status,
      ).toBe(401)
    for (const headers of [{ cookie: `token=${token}` }, { 'x-api-key': token }, { authorization: token }])
      expect(
        (await proxy.call('GET', connections, undefined, { authorization: undefined, ...headers })).status,
      ).toBe(401)
  })

  it('opens nothing of another project, whether it exists or not, and uses up none of its requests', async () => {
    const { token } = await issue({ role: 'owner' })
    const paths = Object.values<ProxyEndpoint>(proxyApi).flatMap(({ role, method, path }) =>
      role
        ? [
            [
              method.toUpperCase(),
              path
                .replace('{project}', 'blog')
                .replace('{environment}', 'preview')
                .replace('{list}', 'apis')
                .replace('{id}', '0123456789abcdef'),
            ] as const,
          ]
        : [],
    )
    for (const [method, path] of [...paths, ['GET', '/projects/blog/nowhere'], ['GET', '/projects/Shop/x']])
      expect(await as(token, method, path, method === 'GET' ? undefined : {}), path).toBe('not_permitted')
    const limited = await createTestProxy({ rateLimit: 5 })
    const { body } = await limited.call<Issued>('POST', '/projects/shop/tokens', { label: 'Mia' })
    for (let count = 0; count < 8; count += 1)
      await limited.call('GET', '/projects/blog/connections', undefined, bearer(body.token))
    expect((await limited.call('GET', '/projects/blog/connections')).status).toBe(200)
    await limited.close()
  })

  const order = ['viewer', 'editor', 'owner'] as const
  it.each(order)('of role %s may do what the table of routes says, and no more', async (role) => {
    const { token } = await issue({ role })
    for (const [name, endpoint] of Object.entries<ProxyEndpoint>(proxyApi)) {
      if (!endpoint.role) continue
      const path = endpoint.path
        .replace('{project}', 'shop')
        .replace('{environment}', 'preview')
        .replace('{list}', 'apis')
        .replace('{id}', '0123456789abcdef')
      // What is let in is refused for its empty body, or because there is nothing.
      const outcome = await as(token, endpoint.method.toUpperCase(), path, endpoint.body && {})
      const isAllowed = order.indexOf(role) >= order.indexOf(endpoint.role)
      expect([name, outcome !== 'not_permitted']).toEqual([name, isAllowed])
    }
  })

  it('reaches its environments only: in the path, in the list, and as the place that a secret comes from', async () => {
    const tenant = await startStubTenant()
    const own = await createTestProxy({ localTenants: [tenant.domain] })
    for (const environment of ['preview', 'production'])
      expect((await own.call('PUT', at('shop', environment), entered(tenant.domain))).status).toBe(200)
    const { body } = await own.call<Issued>('POST', '/projects/shop/tokens', {
      label: 'Mia',
      environments: ['preview'],
    })
    const call = async (method: string, path: string, sent?: unknown) => {
      const answer = await own.call(method, path, sent, bearer(body.token))
      return answer.body.error ?? answer.body
    }
    expect(await call('GET', at('shop', 'production'))).toBe('not_permitted')
    expect(await call('DELETE', at('shop', 'production'))).toBe('not_permitted')
    expect(await call('GET', connections)).toMatchObject({ connections: [{ environment: 'preview' }] })
    const credentials = { domain: tenant.domain, m2mClientId: 'm2m-client', secretFrom: 'production' }
    expect(await call('PUT', at(), { ...credentials, revision: 1 })).toBe('not_permitted')
    expect(await call('POST', `${at()}/test`, { credentials })).toBe('not_permitted')
    const environment = '/projects/shop/environments/preview'
    expect(await call('POST', `${environment}/lists/apis`, { credentials })).toBe('not_permitted')
    const use = {
      sites: [{ callback: 'http://a.test', logout: 'http://a.test', webOrigin: 'http://a.test' }],
    }
    expect(await call('POST', `${environment}/health-check`, { credentials, use })).toBe('not_permitted')
    const fixes = [{ field: 'callbacks', add: ['https://a.test'] }]
    expect(await call('POST', `${environment}/health-check/fix`, { credentials, fixes })).toBe(
      'not_permitted',
    )
    await own.close()
    await tenant.close()
  })

  it('of an owner issues none for owners, for more environments or for longer than its own', async () => {
    const owner = await issue({ role: 'owner', environments: ['preview', 'staging'], hours: 2 })
    const asOwner = (wish: object) =>
      as(owner.token, 'POST', '/projects/shop/tokens', { label: 'Kim', ...wish })
    expect(await asOwner({ role: 'owner' })).toBe('not_permitted')
    expect(await asOwner({ environments: ['preview', 'production'] })).toBe('not_permitted')
    const issued = await issue({ hours: 168 }, owner.token)
    expect(issued).toMatchObject({ environments: ['preview', 'staging'], expiresAt: owner.expiresAt })
    expect(await issue({ hours: 1 }, owner.token)).not.toMatchObject({ expiresAt: owner.expiresAt })
  })

  it.each([
    { label: ' ' },
    { label: 'a\u0000' },
    { label: 'x'.repeat(101) },
    { role: 'operator' },
    { hours: 0 },
    { hours: 169 },
    { hours: 1.5 },
    { environments: [] },
    { environments: ['mars'] },
    { project: 'blog' },
  ])('is not issued for %j', async (wish) => {
    const answer = await proxy.call('POST', '/projects/shop/tokens', { label: 'Mia', ...wish })
    expect(answer.body.error).toBe('invalid_input')
  })

  it('that is guessed is slowed down like any other token', async () => {
    const guessed = await createTestProxy()
    const { body } = await guessed.call<Issued>('POST', '/projects/shop/tokens', { label: 'Mia' })
    const headers = bearer(body.token.slice(0, -2) + (body.token.at(-2) === 'x' ? 'yA' : 'xA'))
    const guesses = Array.from({ length: 70 }, () => guessed.call('GET', connections, undefined, headers))
    const refused = (await Promise.all(guesses)).filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    await guessed.close()
  })

  it('is not in the log, wherever it was put', async () => {
    const { token } = await issue()
    await as(token, 'GET', connections)
    await as(`${token}x`, 'GET', connections)
    await as(token, 'GET', `${connections}?token=${token}`)
    await as(token, 'GET', `/projects/${token}/connections`)
    await as(token, 'PUT', at(), `{"${token}":`)
    await as(token, 'PUT', at(), { [token]: token })
    await as(token, 'POST', '/projects/shop/tokens', { label: token })
    expect(proxy.log()).toContain('/projects/[token]/connections')
    expect(proxy.log()).not.toContain(token.slice(21))
    expect(proxy.log()).not.toContain(token.slice(4, 20))
  })
})
