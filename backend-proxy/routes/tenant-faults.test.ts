import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusedDomains } from '../testing/refused-domains.ts'
import { json, startStubTenant, tokenReply, type StubTenant } from '../testing/stub-tenant.ts'
import {
  at,
  createTestProxy,
  credentialsFor,
  entered,
  secret,
  type TestProxy,
} from '../testing/test-proxy.ts'

const list = '/projects/shop/environments/preview/lists/applications'
const clients = '/api/v2/clients'
const health = '/projects/shop/environments/preview/health-check'
const preflight = '/projects/shop/environments/preview/preflight'
const callback = 'https://shop.acme.example/callback'
const fixes = [{ field: 'callbacks', add: [callback] }]
const use = {
  sites: [{ callback, logout: 'https://shop.acme.example/', webOrigin: 'https://shop.acme.example' }],
}

let tenant: StubTenant
let proxy: TestProxy

beforeEach(async () => {
  tenant = await startStubTenant()
  proxy = await createTestProxy({ localTenants: [tenant.domain], upstreamTimeout: 600 })
})

afterEach(async () => {
  expect(proxy.log()).not.toContain('CANARY')
  await proxy.close()
  await tenant.close()
})

const save = (more: object = {}) => proxy.call('PUT', at(), entered(tenant.domain, more))
const inSeconds = (seconds: number) => String(Math.ceil(Date.now() / 1000) + seconds)

describe('a domain that is none of Auth0’s', () => {
  it.each(refusedDomains)('%j is refused in the form, with no look-up and no request', async (domain) => {
    const credentials = { domain, m2mClientId: 'm2m', m2mClientSecret: secret }
    for (const answer of [
      await proxy.call('PUT', at(), { ...credentials, revision: 0 }),
      await proxy.call('POST', `${at()}/test`, { credentials }),
      await proxy.call('POST', list, { credentials }),
      await proxy.call('POST', health, { credentials, use }),
      await proxy.call('POST', `${health}/fix`, { credentials, fixes }),
      await proxy.call('POST', preflight, { connection: { domain, clientId: 'spa1' }, callback }),
    ]) {
      expect(answer).toMatchObject({ status: 422, body: { error: 'invalid_input' } })
      expect(answer.body.errors?.[0]?.field).toMatch(/domain$/)
    }
    expect(proxy.lookups).toEqual([])
    expect(tenant.requests).toEqual([])
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
    const credentials = credentialsFor(tenant.domain)
    const answer = await proxy.call('POST', health, { credentials, choices: { customDomain }, use })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'customDomain' }] } })
    expect(proxy.lookups).toEqual([])
    expect(tenant.requests).toEqual([])
  })

  it('is refused in a row that was changed by hand', async () => {
    await save()
    await proxy.close({ keepData: true })
    const { default: Database } = await import('libsql')
    const database = new Database(`${proxy.dataDir}/proxy.db`)
    database.exec("update connections set domain = 'evil.test'")
    database.close()
    const before = tenant.requests.length
    proxy = await createTestProxy({ dataDir: proxy.dataDir, localTenants: [tenant.domain] })
    for (const [path, body] of [
      [list, {}],
      [`${at()}/test`, {}],
      [health, { use }],
      [`${health}/fix`, { fixes }],
      [preflight, { callback }],
    ] as const)
      expect((await proxy.call('POST', path, body)).body).toMatchObject({
        error: 'invalid_input',
        errors: [{ field: 'domain' }],
      })
    expect(proxy.lookups).toEqual([])
    expect(tenant.requests.length).toBe(before)
  })

  it('is saved in its plain form when only its spelling is unusual', async () => {
    const answer = await proxy.call('PUT', at(), entered(` https://${tenant.domain}/ `))
    expect(answer.body).toMatchObject({ domain: tenant.domain })
  })
})

describe('a tenant that is not what it seems', () => {
  it('gets nothing when its name leads to a private address', async () => {
    const answer = await proxy.call('PUT', at(), entered('t.auth0.com'))
    expect(answer).toMatchObject({ status: 502, body: { error: 'blocked_address' } })
    expect(proxy.lookups).toContain('t.auth0.com')
  })

  it('is not saved when its discovery names another issuer', async () => {
    for (const issuer of [
      'https://other.auth0.com/',
      `http://${tenant.domain}`,
      `https://${tenant.domain}/`,
    ]) {
      tenant.on('/.well-known/openid-configuration', json({ issuer }))
      expect((await save()).body.error).toBe('issuer_mismatch')
    }
    expect(tenant.count('/oauth/token')).toBe(0)
    expect((await proxy.call('GET', at())).status).toBe(404)
  })

  it('gets no second chance to see the secret by a redirect', async () => {
    const second = await startStubTenant()
    tenant.on('/oauth/token', (_request, response) =>
      response.writeHead(307, { location: `http://${second.domain}/oauth/token` }).end(),
    )
    expect(await save()).toMatchObject({ status: 502, body: { error: 'redirect_refused' } })
    expect(second.requests).toEqual([])
    await second.close()
  })

  it('gets a saved secret only for the domain and client ID it was saved for', async () => {
    await save()
    const other = await startStubTenant()
    for (const change of [{ domain: 't.auth0.com' }, { m2mClientId: 'another' }]) {
      const credentials = { ...credentialsFor(tenant.domain), m2mClientSecret: '', ...change }
      expect(await proxy.call('PUT', at(), { ...credentials, revision: 1 })).toMatchObject({
        status: 409,
        body: { error: 'secret_required' },
      })
      expect((await proxy.call('POST', list, { credentials })).body.error).toBe('secret_required')
    }
    expect(other.requests).toEqual([])
    await other.close()
  })

  it('lends its secret to another environment for the same domain and client ID alone', async () => {
    await save()
    const copy = { ...entered(tenant.domain), m2mClientSecret: '', secretFrom: 'preview' }
    expect((await proxy.call('PUT', at('shop', 'staging'), copy)).body).toMatchObject({ hasSecret: true })
    const test = {
      credentials: { domain: copy.domain, m2mClientId: copy.m2mClientId, secretFrom: 'preview' },
    }
    expect((await proxy.call('POST', `${at('shop', 'production')}/test`, test)).status).toBe(200)
    const other = { ...copy, m2mClientId: 'another' }
    expect((await proxy.call('PUT', at('shop', 'production'), other)).body.error).toBe('secret_required')
    expect((await proxy.call('PUT', at('blog', 'production'), copy)).body.error).toBe('secret_required')
  })
})

describe('refusals of the token endpoint', () => {
  it.each<[string, number, unknown]>([
    ['invalid_credentials', 401, { error: 'access_denied', error_description: 'Unauthorized CANARY' }],
    [
      'no_api_access',
      403,
      { error: 'access_denied', error_description: 'Client is not authorized to access "x".' },
    ],
    ['no_api_access', 403, { error: 'unauthorized_client', error_description: 'Grant type not allowed' }],
    ['no_api_access', 403, { error: 'access_denied', error_description: 'Service not found: x' }],
    ['bad_upstream', 400, { error: 'invalid_request' }],
    ['bad_upstream', 404, '<html>'],
    ['bad_upstream', 500, 'oops CANARY'],
  ])('are told as %s after one attempt (%i %j)', async (code, status, body) => {
    tenant.on('/oauth/token', json(body, status))
    const answer = await save()
    expect(answer.body.error).toBe(code)
    expect(answer.text).not.toContain('CANARY')
    expect(tenant.count('/oauth/token')).toBe(1)
  })

  it.each([{}, { access_token: '' }, { access_token: 't', token_type: 'mac', expires_in: 1 }, [], null])(
    'a token reply of %j is not used',
    async (body) => {
      tenant.on('/oauth/token', json(body))
      expect((await save()).body.error).toBe('bad_upstream')
    },
  )
})

describe('refusals of the Management API', () => {
  beforeEach(async () => {
    await save()
  })

  it('401 is told as wrong credentials, after one attempt', async () => {
    tenant.on(clients, json({ statusCode: 401, message: 'Invalid token CANARY' }, 401))
    expect((await proxy.call('POST', list, {})).body.error).toBe('invalid_credentials')
    expect(tenant.count(clients)).toBe(1)
  })

  it('403 names the scope, and nothing else of the tenant’s text', async () => {
    const message = 'Insufficient scope, expected any of: read:clients <b>CANARY</b>'
    tenant.on(clients, json({ statusCode: 403, message, errorCode: 'insufficient_scope' }, 403))
    const answer = await proxy.call('POST', list, {})
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } })
    expect(answer.body.error_description).toContain('read:clients')
    expect(answer.text).not.toContain('CANARY')
  })

  it('429 with a far reset is told at once, with the seconds to wait, and holds further requests back', async () => {
    tenant.on(clients, json({}, 429, { 'x-ratelimit-reset': inSeconds(60), 'x-ratelimit-limit': '2' }))
    const started = Date.now()
    const answer = await proxy.call('POST', list, {})
    expect(answer).toMatchObject({ status: 429, body: { error: 'rate_limited' } })
    expect(answer.body.retry_after).toBeGreaterThan(50)
    expect((await proxy.call('POST', list, {})).status).toBe(429)
    expect(Date.now() - started).toBeLessThan(2_000)
    expect(tenant.count(clients)).toBe(1)
  })

  it('429 with a near reset is tried once more', async () => {
    const page = json({ total: 1, start: 0, limit: 50, clients: [{ client_id: 'spa1', name: 'Shop' }] })
    tenant.on(clients, (request, response) => {
      const reply = tenant.count(clients) === 1 ? json({}, 429, { 'retry-after': '0.1' }) : page
      reply(request, response)
    })
    expect((await proxy.call('POST', list, {})).status).toBe(200)
    expect(tenant.count(clients)).toBe(2)
  })

  it('503 on a read is tried once more, then told as the tenant’s own fault', async () => {
    tenant.on(clients, json({ message: 'CANARY' }, 503))
    const answer = await proxy.call('POST', list, {})
    expect(answer).toMatchObject({ status: 502, body: { error: 'bad_upstream' } })
    expect(answer.body.error_description).toContain('503')
    expect(tenant.count(clients)).toBe(2)
  })

  it.each<[string, Parameters<StubTenant['on']>[1]]>([
    ['no reply', () => undefined],
    [
      'a trickle',
      (_q, r) => {
        r.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => r.write(' '), 20)
        r.on('close', () => {
          clearInterval(timer)
        })
      },
    ],
  ])('%s is told as a timeout', async (_name, reply) => {
    tenant.on(clients, reply)
    expect(await proxy.call('POST', list, {})).toMatchObject({ status: 504, body: { error: 'timeout' } })
  })

  it.each<[string, Parameters<StubTenant['on']>[1]]>([
    ['JSON cut off', (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"clients":[')],
    ['HTML with 200', (_q, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['another shape', json({ clients: 'none' })],
    ['no list at all', json({})],
    ['null', json(null)],
    ['entries without an id', json({ total: 1, start: 0, clients: [{ name: 'Shop' }] })],
  ])('%s is never taken for "no applications"', async (_name, reply) => {
    tenant.on(clients, reply)
    expect(await proxy.call('POST', list, {})).toMatchObject({ status: 502, body: { error: 'bad_upstream' } })
  })
})

describe('names that bend a path or a text', () => {
  const values = ['../clients', '%2e%2e', 'auth0|../x', 'a?b#c', '\\..']

  it.each(values)('%j reaches the tenant as a name, or not at all', async (value) => {
    await save()
    const answer = await proxy.call('POST', list, { ids: [value] })
    expect(answer).toMatchObject({ status: 200, body: { chosen: [] } })
    const asked = tenant.requests.map(({ line }) => line.split(/[ ?]/)[1])
    for (const path of asked.filter((one) => one?.startsWith(`${clients}/`)))
      expect(decodeURIComponent(String(path).slice(clients.length + 1))).toBe(value)
    expect((await proxy.call('POST', `${health}/fix`, { choices: { clientId: value }, fixes })).status).toBe(
      422,
    )
  })

  it.each(['.', '..', ' .. '])('%j is refused, since it would ask for something else', async (value) => {
    const credentials = credentialsFor(tenant.domain)
    for (const answer of [
      await save({ clientId: value }),
      await proxy.call('POST', list, { credentials, ids: [value] }),
      await proxy.call('POST', health, { credentials, use: { ...use, audiences: [value.trim()] } }),
      await proxy.call('POST', `${health}/fix`, { credentials, choices: { clientId: value }, fixes }),
    ])
      expect(answer.status).toBe(422)
    expect(tenant.requests).toEqual([])
  })

  it.each(['a\u0000b', 'a\r\nb', '\ud800', 'a\u001bb'])('%j is refused in every field', async (value) => {
    const login = { organization: value }
    for (const answer of [
      await save({ audience: value }),
      await save({ m2mClientSecret: value }),
      await proxy.call('POST', list, { credentials: credentialsFor(tenant.domain), ids: [value] }),
      await proxy.call('POST', list, { credentials: credentialsFor(tenant.domain), search: value }),
      await proxy.call('POST', health, {
        credentials: credentialsFor(tenant.domain),
        use: { ...use, organizations: [value] },
      }),
      await proxy.call('POST', preflight, {
        connection: { domain: tenant.domain, clientId: 'spa1' },
        callback,
        login,
      }),
    ])
      expect(answer).toMatchObject({ status: 422, body: { error: 'invalid_input' } })
    expect(tenant.requests).toEqual([])
  })

  it('an error page of 4 MB that never closes a tag is read at once', async () => {
    const text = `<head<script<${'<style<head'.repeat(350_000)}`
    tenant.on('/authorize', (_request, response) =>
      response.writeHead(400, { 'content-type': 'text/html' }).end(text),
    )
    const started = performance.now()
    const connection = { domain: tenant.domain, clientId: 'spa1' }
    const answer = await proxy.call('POST', preflight, { connection, callback })
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(answer.status).toBe(200)
  })
})

describe('a request that was answered as too late', () => {
  const late =
    (reply: Parameters<StubTenant['on']>[1]): Parameters<StubTenant['on']>[1] =>
    (request, response) =>
      void setTimeout(() => {
        reply(request, response)
      }, 400)

  it('saves nothing afterwards', async () => {
    tenant.on('/.well-known/openid-configuration', late(json({ issuer: `http://${tenant.domain}/` })))
    tenant.on('/oauth/token', late(json(tokenReply)))
    expect((await save()).status).toBe(504)
    await sleep(600)
    expect((await proxy.call('GET', at())).body.error).toBe('no_connection')
  })

  it('changes nothing at the tenant afterwards', async () => {
    tenant.on('/oauth/token', late(json(tokenReply)))
    tenant.on(`${clients}/spa1`, late(json({ client_id: 'spa1', name: 'Shop' })))
    const credentials = credentialsFor(tenant.domain)
    const request = { credentials, choices: { clientId: 'spa1' }, fixes, apply: true }
    expect((await proxy.call('POST', `${health}/fix`, request)).status).toBe(504)
    await sleep(600)
    expect(tenant.requests.filter(({ line }) => line.startsWith('PATCH'))).toEqual([])
  })

  it('does not stand in line any longer', async () => {
    tenant.on('/oauth/token', json(tokenReply))
    tenant.on(clients, () => undefined)
    tenant.on(`${clients}/search`, () => undefined)
    const credentials = credentialsFor(tenant.domain)
    const ask = (search: string) => proxy.call('POST', list, { credentials, search })
    await Promise.all(Array.from({ length: 10 }, (_, index) => ask(`name ${String(index)}`)))
    await sleep(1_500)
    const asked = tenant.requests.length
    await sleep(1_500)
    expect(tenant.requests.length).toBe(asked)
  })
})

describe('many at once', () => {
  it('a hundred cold requests ask for one token', async () => {
    await save()
    await proxy.close({ keepData: true })
    proxy = await createTestProxy({ dataDir: proxy.dataDir, localTenants: [tenant.domain] })
    const before = tenant.count('/oauth/token')
    const answers = await Promise.all(Array.from({ length: 100 }, () => proxy.call('POST', list, {})))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(tenant.count('/oauth/token') - before).toBe(1)
  })

  it('a token about to end is replaced, once', async () => {
    tenant.on('/oauth/token', json({ access_token: 't', token_type: 'Bearer', expires_in: 30 }))
    await save()
    const before = tenant.count('/oauth/token')
    await proxy.call('POST', list, {})
    expect(tenant.count('/oauth/token') - before).toBe(1)
  })
})
