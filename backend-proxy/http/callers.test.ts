import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proxyApi } from 'lowgate/contract/proxy-api'
import { at, createTestProxy, entered, operatorToken, type TestProxy } from '../testing/test-proxy.ts'

const editor = 'https://editor.acme.example'
let proxy: TestProxy

beforeAll(async () => {
  proxy = await createTestProxy({ allowedOrigins: [editor] })
})

afterAll(() => proxy.close())

const anonymous = { authorization: undefined }
const put = (headers: Record<string, string | undefined>, body: unknown = entered('t.auth0.com')) =>
  proxy.call('PUT', at(), body, headers)

describe('without the operator token', () => {
  const routes = Object.values(proxyApi)
    .filter((endpoint) => !('isPublic' in endpoint))
    .map(({ method, path }) => [method.toUpperCase(), path.replace(/\{(\w+)\}/g, 'x')] as const)

  it.each(routes)('%s %s answers 401', async (method, path) => {
    const answer = await proxy.call(method, path, method === 'GET' ? undefined : {}, anonymous)
    expect(answer).toMatchObject({ status: 401, body: { error: 'unauthorized' } })
  })

  it.each([
    '/',
    '/nowhere',
    '/projects',
    '/live',
    '/liveness/',
    '/liveness/../../projects/shop/connections',
    '/liveness%2f..%2f..%2fprojects/shop/connections',
    '/liveness/..;/projects/shop/connections',
    '/projects//shop/connections',
    '//liveness',
    '/LIVENESS',
    '/liveness%00',
    '/projects/shop/connections?path=/liveness',
    '/projects/shop/connections#/liveness',
    '/%70rojects/shop/connections',
  ])('%s answers 401, whether it exists or not', async (path) => {
    expect((await proxy.call('GET', path, undefined, anonymous)).status).toBe(401)
  })

  it.each(['/liveness', '/readiness', '/openapi.json'])('%s answers', async (path) => {
    expect((await proxy.call('GET', path, undefined, anonymous)).status).toBe(200)
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s on a public path answers 401',
    async (method) => {
      expect((await proxy.call(method, '/liveness', undefined, anonymous)).status).toBe(401)
    },
  )

  it('HEAD is answered as GET is, without a body', async () => {
    expect(await proxy.call('HEAD', '/liveness', undefined, anonymous)).toMatchObject({
      status: 200,
      text: '',
    })
    expect((await proxy.call('HEAD', '/projects/shop/connections', undefined, anonymous)).status).toBe(401)
    const asBalancer = { 'x-lowgate': undefined }
    expect((await proxy.call('HEAD', '/projects/shop/connections', undefined, asBalancer)).status).toBe(200)
  })

  it('OPTIONS that no page sends answers 401', async () => {
    expect((await proxy.call('OPTIONS', at(), undefined, anonymous)).status).toBe(401)
  })

  it.each([
    'Bearer wrong',
    'Bearer wrong, Bearer operator-token-of-the-tests',
    'Bearer operator-token-of-the-tests, Bearer wrong',
    'Bearer',
    'Basic b3BlcmF0b3I6',
    'Bearer operator-token-of-the-tests x',
    'Bearer operator-token-of-the-test',
    'xBearer operator-token-of-the-tests',
    'Bearer  operator-token-of-the-tests',
  ])('a header of %j answers 401', async (authorization) => {
    expect((await proxy.call('GET', at(), undefined, { authorization })).status).toBe(401)
  })

  it('guesses are slowed down for the address they come from', async () => {
    const guessed = await createTestProxy()
    const guess = () => guessed.call('GET', at(), undefined, { authorization: 'Bearer guess' })
    const statuses = await Promise.all(Array.from({ length: 70 }, guess))
    expect(statuses.filter(({ status }) => status === 429).length).toBe(10)
    await guessed.close()
  })

  it('a request that guesses nothing is told to log in, however often', async () => {
    const asked = await createTestProxy()
    const ask = () => asked.call('GET', at(), undefined, anonymous)
    const answers = await Promise.all(Array.from({ length: 70 }, ask))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    await asked.close()
  })
})

it('the scheme of the operator token may be written in any letters', async () => {
  for (const scheme of ['bearer', 'BEARER'])
    expect(
      (await proxy.call('GET', at(), undefined, { authorization: `${scheme} ${operatorToken}` })).status,
    ).toBe(404)
})

it('a token over 512 characters does not count as a guess, however often it comes', async () => {
  const asked = await createTestProxy()
  const guess = (length: number) =>
    asked.call('GET', at(), undefined, { authorization: `Bearer ${'x'.repeat(length)}` })
  const long = await Promise.all(Array.from({ length: 70 }, () => guess(513)))
  expect(new Set(long.map(({ status }) => status))).toEqual(new Set([401]))
  const short = await Promise.all(Array.from({ length: 61 }, () => guess(512)))
  expect(short.filter(({ status }) => status === 429)).toHaveLength(1)
  await asked.close()
})

it('a request that changes nothing needs no header of the editor', async () => {
  expect(
    (await proxy.call('GET', '/projects/shop/connections', undefined, { 'x-lowgate': undefined })).status,
  ).toBe(200)
})

describe('a page of another origin', () => {
  it.each([
    'null',
    'https://evil.test',
    `${editor}.evil.test`,
    'https://editor.acme.example:8443',
    'http://editor.acme.example',
    'https://EDITOR.acme.example',
    'https://evil.test/https://editor.acme.example',
    `${editor}/`,
    '',
  ])('of origin %j is refused without a CORS header', async (origin) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await proxy.call(method, at(), undefined, { origin: origin || ' ' })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('access-control-allow-origin')).toBe(null)
    }
  })

  it.each(['cross-site', 'same-site', 'cross-site, none', 'none, cross-site', 'CROSS-SITE', ' '])(
    'without an origin and with Sec-Fetch-Site: %s is refused',
    async (site) => {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
        expect((await proxy.call(method, at(), undefined, { 'sec-fetch-site': site })).status).toBe(403)
    },
  )

  it.each(['none', 'same-origin'])('is not what Sec-Fetch-Site: %s speaks of', async (site) => {
    expect((await proxy.call('GET', '/liveness', undefined, { 'sec-fetch-site': site })).status).toBe(200)
  })

  it('of a listed origin may call from another site', async () => {
    const headers = { origin: editor, 'sec-fetch-site': 'cross-site' }
    expect((await proxy.call('GET', '/projects/shop/connections', undefined, headers)).status).toBe(200)
  })

  it('of a listed origin may call, and read refusals too', async () => {
    const preflight = await proxy.call('OPTIONS', at(), undefined, {
      ...anonymous,
      origin: editor,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,content-type,x-lowgate,x-other',
      'access-control-request-private-network': 'true',
    })
    // A cookie proves nothing here, and no page may reach a proxy in a network that it is outside of.
    expect(preflight.headers.get('access-control-allow-credentials')).toBe(null)
    expect(preflight.headers.get('access-control-allow-private-network')).toBe(null)
    expect(preflight.headers.get('vary')).toMatch(/origin/i)
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-lowgate')
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,POST,PUT,DELETE')
    expect(preflight.headers.get('access-control-max-age')).toBe('600')
    const refused = await proxy.call('GET', at(), undefined, { ...anonymous, origin: editor })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('access-control-allow-origin')).toBe(editor)
    expect(refused.headers.get('vary')).toMatch(/origin/i)
    expect(refused.headers.get('access-control-expose-headers')).toBe('retry-after,x-request-id')
    expect((await proxy.call('GET', at(), undefined, { origin: editor })).body.error).toBe('no_connection')
  })

  it('cannot send a form: the header of the editor is missing', async () => {
    for (const [method, path] of [
      ['POST', `${at()}/test`],
      ['PUT', at()],
      ['DELETE', at()],
    ] as const)
      expect((await proxy.call(method, path, {}, { 'x-lowgate': undefined })).body.error).toBe('forbidden')
    expect((await put({ 'x-lowgate': 'other' })).status).toBe(403)
  })
})

describe('a request body', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json, text/plain',
    'text/json',
    undefined,
  ])('sent as %s is refused', async (type) => {
    expect((await put({ 'content-type': type })).body.error).toBe('unsupported_media_type')
  })

  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=UTF-8',
    'application/json;charset=utf-8',
  ])('sent as %s is read', async (type) => {
    expect((await put({ 'content-type': type }, {})).status).toBe(422)
  })

  it.each([
    'x-application/json',
    'application/json;charset=utf-16',
    'application/json; charset=utf-8; x',
    ' ',
  ])('sent as %j is refused too', async (type) => {
    expect((await put({ 'content-type': type }, {})).body.error).toBe('unsupported_media_type')
  })

  it('may be 64 KB long and sixteen levels deep, and no more', async () => {
    const ofSize = (size: number) => `{"a":"${'x'.repeat(size - 8)}"}`
    expect((await put({}, ofSize(65_536))).status).toBe(422)
    expect((await put({}, ofSize(65_537))).body.error).toBe('too_large')
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect((await put({}, nested(16))).status).toBe(422)
    expect((await put({}, nested(17))).body.error).toBe('bad_request')
  })

  it.each(['null', '1', '"x"', '[null]', '{"a":null}'])(
    'of %s is harmless, and not what is asked for',
    async (body) => {
      expect((await put({}, body)).body.error).toBe('invalid_input')
    },
  )

  it.each(['{"prototype":1}', '[{"constructor":1}]', '{"a":{"__proto__":1}}', '{"b":1,"prototype":1}'])(
    '%s is refused',
    async (body) => {
      expect((await put({}, body)).body.error).toBe('bad_request')
    },
  )

  it('over 64 KB is refused', async () => {
    expect((await put({}, { ...entered('t.auth0.com'), audience: 'x'.repeat(70_000) })).status).toBe(413)
  })

  it.each([
    ['nested deep', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['nested deep in a field', `{"domain":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`],
    ['with __proto__', '{"domain":"t.auth0.com","__proto__":{"admin":true}}'],
    ['with __proto__ further in', '{"credentials":{"__proto__":{}}}'],
    ['with an escaped __proto__', '{"\\u005f_proto__":{}}'],
    ['with constructor', '{"constructor":{"prototype":{}}}'],
    ['cut off', '{"domain":"t.auth'],
    ['empty', ''],
    ['that is not JSON', 'domain=t.auth0.com'],
    ['with bytes that are not UTF-8', Buffer.from('{"domain":"t.auth0.com","clientId":"\xff"}', 'latin1')],
    ['in UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
    ['that is compressed', gzipSync('{}')],
  ])('%s is refused', async (_name, body) => {
    expect((await put({}, body)).body.error).toBe('bad_request')
  })

  it('with unknown, missing or mistyped fields names each of them', async () => {
    const answer = await put({}, { domain: 7, m2mClientSecret: 'x', isAdmin: true })
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['domain', 'm2mClientId']),
    )
    expect((await put({}, { ...entered('t.auth0.com'), isAdmin: true })).status).toBe(422)
  })

  it.each(['../shop', 'Shop', 'a'.repeat(65), '%2e%2e', 'shop%00', '-shop'])(
    'a project named %j is refused',
    async (name) => {
      expect([404, 422]).toContain((await proxy.call('GET', `/projects/${name}/connections`)).status)
    },
  )

  it('an environment that is none is refused by the name of its field', async () => {
    const answer = await proxy.call('GET', '/projects/shop/environments/prod/connection')
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map(({ field }) => field)).toEqual(['environment'])
  })
})

describe('addresses behind a balancer', () => {
  const from = async (trustedProxies: string[]) => {
    const behind = await createTestProxy({ trustedProxies })
    await behind.call('GET', at(), undefined, {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.test',
    })
    const entry = behind.log().trim().split('\n').at(-1) ?? '{}'
    await behind.close()
    return (JSON.parse(entry) as { from: string }).from
  }

  it('are not believed from anybody', async () => {
    expect(await from([])).toBe('in-memory')
    expect(await from(['10.0.0.0/8'])).toBe('in-memory')
  })
})

describe('every answer', () => {
  it('may not be stored, framed or sniffed, and carries its reference', async () => {
    for (const answer of [
      await proxy.call('GET', '/liveness'),
      await proxy.call('GET', '/nowhere'),
      await put({}, ''),
    ]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      })
      const reference = answer.headers.get('x-request-id')
      expect(reference).toMatch(/^[0-9a-f-]{36}$/)
      if (answer.status >= 400) expect(answer.body.request_id).toBe(reference)
    }
  })

  it('to a flooding project is 429 while the others go on', async () => {
    const flooded = await createTestProxy({ rateLimit: 20 })
    const statuses = await Promise.all(
      Array.from({ length: 30 }, () => flooded.call('GET', '/projects/flood/connections')),
    )
    const refused = statuses.filter(({ status }) => status === 429)
    expect(refused.length).toBe(10)
    expect(refused[0]?.body.retry_after).toBeGreaterThan(0)
    expect(refused[0]?.headers.get('retry-after')).toBe(String(refused[0]?.body.retry_after))
    expect((await flooded.call('GET', '/projects/calm/connections')).status).toBe(200)
    await flooded.close()
  })

  it('to names that no project can have is 429 as if they were one project', async () => {
    const flooded = await createTestProxy({ rateLimit: 20 })
    const statuses = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        flooded.call('GET', `/projects/${'X'.repeat(2_000)}${String(index)}/connections`),
      ),
    )
    expect(statuses.filter(({ status }) => status === 429).length).toBe(10)
    expect((await flooded.call('GET', '/projects/calm/connections')).status).toBe(200)
    await flooded.close()
  })
})
