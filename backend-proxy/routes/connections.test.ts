import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView, ListPage, TestReport } from 'lowgate/contract/proxy-api'
import { databases, type TestDatabase } from '../testing/databases.ts'
import { json, startStubTenant, type StubTenant } from '../testing/stub-tenant.ts'
import {
  at,
  createTestProxy,
  credentialsFor,
  entered,
  secret,
  type TestProxy,
} from '../testing/test-proxy.ts'

for (const { name, skip, create } of databases)
  describe.skipIf(skip)(`a connection on ${name}`, () => {
    let tenant: StubTenant
    let database: TestDatabase
    let proxy: TestProxy

    beforeEach(async () => {
      tenant = await startStubTenant()
      database = await create()
      proxy = await createTestProxy({ ...database.config, localTenants: [tenant.domain] })
    })

    afterEach(async () => {
      await proxy.close()
      await database.drop()
      await tenant.close()
    })

    it('is saved, read, listed and deleted, and never shows its secret', async () => {
      const saved = await proxy.call<ConnectionView>(
        'PUT',
        at(),
        entered(tenant.domain, { clientId: 'spa1' }),
      )
      expect(saved.body).toMatchObject({
        environment: 'preview',
        domain: tenant.domain,
        hasSecret: true,
        revision: 1,
      })
      const read = await proxy.call('GET', at())
      expect(read.body).toEqual(saved.body)
      const listed = await proxy.call('GET', '/projects/shop/connections')
      expect(listed.body).toEqual({ connections: [saved.body] })
      expect([saved, read, listed].some(({ text }) => text.includes(secret))).toBe(false)
      expect((await proxy.call('DELETE', at())).status).toBe(204)
      expect((await proxy.call('GET', at())).body.error).toBe('no_connection')
    })

    it('of another project or environment is not found', async () => {
      await proxy.call('PUT', at(), entered(tenant.domain))
      for (const other of [at('blog'), at('shop', 'production')]) {
        expect((await proxy.call('GET', other)).status).toBe(404)
        expect((await proxy.call('POST', `${other}/test`, {})).body.error).toBe('no_connection')
      }
    })

    it('keeps its secret when the secret is left blank', async () => {
      await proxy.call('PUT', at(), entered(tenant.domain))
      const blank = entered(tenant.domain, {
        m2mClientSecret: '',
        audience: 'https://api.acme.example',
        revision: 1,
      })
      expect((await proxy.call('PUT', at(), blank)).body).toMatchObject({ revision: 2, hasSecret: true })
      expect((await proxy.call('POST', `${at()}/test`, {})).status).toBe(200)
      expect(tenant.requests.at(-1)?.text).toContain(secret)
    })

    it('takes a custom domain by its bare name, and nothing else for one', async () => {
      const save = (customDomain: string) => proxy.call('PUT', at(), entered(tenant.domain, { customDomain }))
      for (const wrong of ['10.0.0.1', 'login.acme.example/path', 'localhost', 'javascript:alert(1)'])
        expect((await save(wrong)).body.errors?.[0]?.field).toBe('customDomain')
      expect((await save('https://Login.acme.example/')).body).toMatchObject({
        customDomain: 'login.acme.example',
      })
    })

    it('is not saved when the tenant refuses its credentials', async () => {
      tenant.on('/oauth/token', json({ error: 'access_denied', error_description: 'Unauthorized' }, 401))
      expect((await proxy.call('PUT', at(), entered(tenant.domain))).body.error).toBe('invalid_credentials')
      expect((await proxy.call('GET', at())).status).toBe(404)
    })

    it('is tested without being saved, and says which scopes are missing', async () => {
      tenant.on(
        '/oauth/token',
        json({ access_token: 't', token_type: 'Bearer', expires_in: 60, scope: 'read:clients' }),
      )
      const credentials = credentialsFor(tenant.domain)
      const report = await proxy.call<TestReport>('POST', `${at()}/test`, { credentials })
      expect(report.body.scopes).toEqual({
        granted: ['read:clients'],
        missing: ['read:connections', 'read:organizations', 'read:resource_servers'],
      })
      expect((await proxy.call('GET', at())).status).toBe(404)
    })

    it('lists its applications, for saved credentials and for those still in the form', async () => {
      await proxy.call('PUT', at(), entered(tenant.domain))
      const list = '/projects/shop/environments/preview/lists/applications'
      const saved = await proxy.call<ListPage>('POST', list, {})
      expect(saved.body).toMatchObject({
        items: [{ value: 'spa1', label: 'Shop', detail: 'spa1' }],
        next: null,
        chosen: [],
      })
      const credentials = credentialsFor(tenant.domain)
      expect((await proxy.call('POST', list.replace('preview', 'production'), { credentials })).body).toEqual(
        saved.body,
      )
      const query = new URLSearchParams(tenant.requests.at(-1)?.line.split('?')[1]?.split(' ')[0])
      expect(query.get('app_type')).toBe('spa')
      expect(query.get('fields')).toBe('client_id,name')
    })

    it('saved by two editors at once is kept from one, and the other sees both versions', async () => {
      await proxy.call('PUT', at(), entered(tenant.domain))
      const answers = await Promise.all(
        ['https://one.example', 'https://two.example'].map((audience) =>
          proxy.call<ConnectionView>('PUT', at(), entered(tenant.domain, { audience, revision: 1 })),
        ),
      )
      const won = answers.find(({ status }) => status === 200)
      const lost = answers.find(({ status }) => status === 409)
      expect(lost?.body).toMatchObject({ error: 'conflict', saved: won?.body })
      expect((await proxy.call('GET', at())).body).toEqual(won?.body)
    })

    it('saved from an older or a newer revision than the saved one is refused', async () => {
      await proxy.call('PUT', at(), entered(tenant.domain))
      for (const revision of [0, 2, 7])
        expect((await proxy.call('PUT', at(), entered(tenant.domain, { revision }))).body).toMatchObject({
          error: 'conflict',
          saved: { revision: 1 },
        })
      expect(
        (await proxy.call('PUT', at('blog'), entered(tenant.domain, { revision: 1 }))).body,
      ).toMatchObject({
        error: 'conflict',
        error_description: 'Somebody else deleted this connection meanwhile.',
      })
    })

    it('with a domain that is none of Auth0’s is told so before a conflict', async () => {
      await proxy.call('PUT', at(), entered(tenant.domain))
      expect((await proxy.call('PUT', at(), entered('t.auth0.com.evil.test'))).body).toMatchObject({
        error: 'invalid_input',
        errors: [{ field: 'domain' }],
      })
    })
  })
