import { describe, expect, it } from 'vitest'
import { refusedDomains } from '../testing/refused-domains.ts'
import { json, startStubTenant } from '../testing/stub-tenant.ts'
import { at, credentialsFor, entered, secret } from '../testing/test-proxy.ts'
import { callback, fixes, health, list, preflight, use, useStubTenant } from '../testing/use-stub-tenant.ts'

const stage = useStubTenant()

describe('a domain that is none of Auth0’s', () => {
  it.each(refusedDomains)('%j is refused in the form, with no look-up and no request', async (domain) => {
    const credentials = { domain, m2mClientId: 'm2m', m2mClientSecret: secret }
    for (const answer of [
      await stage.proxy.call('PUT', at(), { ...credentials, revision: 0 }),
      await stage.proxy.call('POST', `${at()}/test`, { credentials }),
      await stage.proxy.call('POST', list, { credentials }),
      await stage.proxy.call('POST', health, { credentials, use }),
      await stage.proxy.call('POST', `${health}/fix`, { credentials, fixes }),
      await stage.proxy.call('POST', preflight, { connection: { domain, clientId: 'spa1' }, callback }),
    ]) {
      expect(answer).toMatchObject({ status: 422, body: { error: 'invalid_input' } })
      expect(answer.body.errors?.[0]?.field).toMatch(/domain$/)
    }
    expect(stage.proxy.lookups).toEqual([])
    expect(stage.tenant.requests).toEqual([])
  })

  it.each([
    '10.0.0.1',
    'localhost',
    'evil.test/path',
    'evil.test?x=1#',
    'evil.test:8443',
    'user@evil.test',
    'login.\u0430cme.example',
  ])('%j is refused as a custom domain that is checked before it is saved', async (customDomain) => {
    const credentials = credentialsFor(stage.tenant.domain)
    const answer = await stage.proxy.call('POST', health, { credentials, choices: { customDomain }, use })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'customDomain' }] } })
    expect(stage.proxy.lookups).toEqual([])
    expect(stage.tenant.requests).toEqual([])
  })

  it('is refused in a row that was changed by hand', async () => {
    expect((await stage.save()).status).toBe(200)
    const before = stage.tenant.requests.length
    await stage.restart(async (dataDir) => {
      const { default: Database } = await import('libsql')
      const database = new Database(`${dataDir}/proxy.db`)
      database.exec("update connections set domain = 'evil.test'")
      database.close()
    })
    for (const [path, body] of [
      [list, {}],
      [`${at()}/test`, {}],
      [health, { use }],
      [`${health}/fix`, { fixes }],
      [preflight, { callback }],
    ] as const)
      expect((await stage.proxy.call('POST', path, body)).body).toMatchObject({
        error: 'invalid_input',
        errors: [{ field: 'domain' }],
      })
    expect(stage.proxy.lookups).toEqual([])
    expect(stage.tenant.requests.length).toBe(before)
  })

  it('is saved in its plain form when only its spelling is unusual', async () => {
    const answer = await stage.proxy.call('PUT', at(), entered(` https://${stage.tenant.domain}/ `))
    expect(answer.body).toMatchObject({ domain: stage.tenant.domain })
  })
})

describe('a tenant that is not what it seems', () => {
  it('gets nothing when its name leads to a private address', async () => {
    const answer = await stage.proxy.call('PUT', at(), entered('t.auth0.com'))
    expect(answer).toMatchObject({ status: 502, body: { error: 'blocked_address' } })
    expect(stage.proxy.lookups).toContain('t.auth0.com')
  })

  it('is not saved when its discovery names another issuer', async () => {
    for (const issuer of [
      'https://other.auth0.com/',
      `http://${stage.tenant.domain}`,
      `https://${stage.tenant.domain}/`,
    ]) {
      stage.tenant.on('/.well-known/openid-configuration', json({ issuer }))
      expect((await stage.save()).body.error).toBe('issuer_mismatch')
    }
    expect(stage.tenant.count('/oauth/token')).toBe(0)
    expect((await stage.proxy.call('GET', at())).status).toBe(404)
  })

  it('gets no second chance to see the secret by a redirect', async () => {
    const second = await startStubTenant()
    stage.tenant.on('/oauth/token', (_request, response) =>
      response.writeHead(307, { location: `http://${second.domain}/oauth/token` }).end(),
    )
    expect(await stage.save()).toMatchObject({ status: 502, body: { error: 'redirect_refused' } })
    expect(second.requests).toEqual([])
    await second.close()
  })

  it('gets a saved secret only for the domain and client ID it was saved for', async () => {
    expect((await stage.save()).status).toBe(200)
    const other = await startStubTenant()
    for (const change of [{ domain: 't.auth0.com' }, { m2mClientId: 'another' }]) {
      const credentials = { ...credentialsFor(stage.tenant.domain), m2mClientSecret: '', ...change }
      expect(await stage.proxy.call('PUT', at(), { ...credentials, revision: 1 })).toMatchObject({
        status: 409,
        body: { error: 'secret_required' },
      })
      expect((await stage.proxy.call('POST', list, { credentials })).body.error).toBe('secret_required')
    }
    expect(other.requests).toEqual([])
    await other.close()
  })

  it('lends its secret to another environment only for the same domain and client ID', async () => {
    expect((await stage.save()).status).toBe(200)
    const copy = { ...entered(stage.tenant.domain), m2mClientSecret: '', secretFrom: 'preview' }
    expect((await stage.proxy.call('PUT', at('shop', 'staging'), copy)).body).toMatchObject({
      hasSecret: true,
    })
    const test = {
      credentials: { domain: copy.domain, m2mClientId: copy.m2mClientId, secretFrom: 'preview' },
    }
    expect((await stage.proxy.call('POST', `${at('shop', 'production')}/test`, test)).status).toBe(200)
    const other = { ...copy, m2mClientId: 'another' }
    expect((await stage.proxy.call('PUT', at('shop', 'production'), other)).body.error).toBe(
      'secret_required',
    )
    expect((await stage.proxy.call('PUT', at('blog', 'production'), copy)).body.error).toBe('secret_required')
  })
})
