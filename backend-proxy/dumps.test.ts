import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackendProxy } from './backend-proxy.ts'
import { readConfig } from './config.ts'
import { createLog } from './http/log.ts'
import { toAnswerable } from './http/problem.ts'
import { createKeyring } from './secrets/keyring.ts'
import { Secret } from 'lowgate/contract'
import { openStorage } from './storage/database.ts'
import { createGuardedFetch, type GuardedFetch } from './tenant/guarded-fetch.ts'
import { toNetworkError } from './tenant/network-errors.ts'
import { createTenantClient } from './tenant/tenant-client.ts'
import { json, startStubTenant, tokenReply, type StubTenant } from './testing/stub-tenant.ts'
import { makeDataDir } from './testing/test-proxy.ts'

const key = randomBytes(32)
const env = {
  OPERATOR_TOKEN: 'CANARY-operator-token',
  ENCRYPTION_KEYS: key.toString('base64'),
  DATABASE_URL: 'postgres://lowgate:CANARY-password@127.0.0.1:1/lowgate',
}

/** All that `value` shows when it is printed, logged or serialised. */
function dumpsOf(value: unknown): string[] {
  const everything = {
    depth: Infinity,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
    showHidden: true,
  }
  let logged = ''
  const log = createLog('trace', { write: (line: string) => void (logged += line) })
  log.error(value as object, 'with %o', value as object)
  log.trace({ value, err: value, error: value, deep: { in: [value] } })
  const texts = [
    inspect(value, everything),
    inspect(value, { ...everything, customInspect: false }),
    `${String(value)}`,
    logged,
  ]
  for (let at = value; at instanceof Error; at = at.cause)
    texts.push(at.message, String(at.stack), inspect(at, everything))
  return [...texts, toJson(value)]
}

/** All texts and bytes that hang on `value`, without running a getter: no dump can show more. */
function textsIn(value: unknown): string[] {
  const seen = new Set<unknown>()
  const texts: string[] = []
  const waiting = [value]
  while (waiting.length) {
    const at = waiting.pop()
    if (typeof at === 'string') texts.push(at)
    if (at === null || (typeof at !== 'object' && typeof at !== 'function') || seen.has(at)) continue
    seen.add(at)
    if (ArrayBuffer.isView(at)) {
      texts.push(Buffer.from(at.buffer, at.byteOffset, at.byteLength).toString('base64'))
      continue
    }
    if (at instanceof Map || at instanceof Set) waiting.push(...at.entries())
    for (const [name, { value: inner }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      waiting.push(name, inner)
    for (const name of Object.getOwnPropertySymbols(at))
      waiting.push(Object.getOwnPropertyDescriptor(at, name)?.value)
  }
  return texts
}

function toJson(value: unknown): string {
  const seen = new Set<unknown>()
  return JSON.stringify({ value }, (_name, inner: unknown) => {
    if (typeof inner === 'object' && inner !== null) {
      if (seen.has(inner)) return undefined
      seen.add(inner)
    }
    return inner
  })
}

const bytes = [...key.subarray(0, 10)]
/** As bytes are printed, without spaces: in base64, as hex, and as numbers with and without their places. */
const forms = [
  'CANARY',
  key.toString('base64').slice(0, 20),
  key.toString('hex').slice(0, 20),
  bytes.join(','),
  bytes.map((byte, index) => `"${String(index)}":${String(byte)}`).join(','),
]

const shows = (text: string) => forms.some((form) => text.replace(/\s/g, '').includes(form))

function expectNoCanary(value: unknown): void {
  expect(dumpsOf(value).filter(shows)).toEqual([])
}

describe('a dump', () => {
  it('finds canaries where there are some', () => {
    expect(dumpsOf(new Error('x', { cause: { a: 'CANARY' } })).some(shows)).toBe(true)
    for (const bytes of [key, new Uint8Array(key), [...key]]) {
      expect(shows(inspect({ bytes }))).toBe(true)
      expect(shows(JSON.stringify({ bytes }))).toBe(true)
      if (!Array.isArray(bytes)) expect(textsIn({ deep: new Map([[1, [bytes]]]) }).some(shows)).toBe(true)
    }
  })

  it('of a secret shows that there is one', () => {
    expect(inspect({ token: new Secret('CANARY') })).toBe('{ token: [secret] }')
    expect(JSON.stringify({ token: new Secret('CANARY') })).toBe('{"token":"[secret]"}')
    expectNoCanary(new Secret('CANARY'))
  })

  it('of an error that hides texts in every part, and is its own cause, shows none of them', () => {
    const error = Object.assign(new Error('x'), {
      name: 'CANARY\nCANARY',
      code: { toString: () => 'CANARY' },
      statusCode: 'CANARY',
      stack: 'Error: x\n    at CANARY',
    })
    error.cause = error
    expectNoCanary(toAnswerable(error))
    expect(toNetworkError(error, false).code).toBe('proxy/unreachable')
  })

  it('of the configuration shows no token, key or database password', () => {
    expectNoCanary(readConfig(env))
  })

  it('of the keyring shows no key', () => {
    const keyring = createKeyring([randomBytes(32).toString('base64'), env.ENCRYPTION_KEYS])
    expectNoCanary(keyring)
    expectNoCanary(createKeyring([env.ENCRYPTION_KEYS]))
    expectNoCanary(createKeyring([env.ENCRYPTION_KEYS]).current)
  })

  it('of the proxy shows no token and no key', async () => {
    const dataDir = makeDataDir()
    const embedded = { ...env, DATABASE_URL: undefined }
    const proxy = await createBackendProxy({ ...readConfig(embedded), dataDir, logLevel: 'silent' })
    await proxy.app.request('/projects/shop/connections', {
      headers: { authorization: `Bearer ${env.OPERATOR_TOKEN}` },
    })
    expect(textsIn(proxy).filter(shows)).toEqual([])
    expect(shows(inspect(proxy, { depth: 4, showHidden: true }))).toBe(false)
    expect(shows(toJson(proxy))).toBe(false)
    await proxy.close()
    rmSync(dataDir, { recursive: true })
  })

  it.each([env.DATABASE_URL, 'postgres://lowgate:CANARY@[nowhere', 'postgres://lowgate:CANARY@host:port/x'])(
    'of the error of a database that cannot be used shows no password (%#)',
    async (databaseUrl) => {
      expectNoCanary(await openStorage({ dataDir: '.', databaseUrl }).catch((error: unknown) => error))
    },
  )
})

describe('a dump of the error of a tenant that repeats what was sent', () => {
  let tenant: StubTenant
  let fetch: GuardedFetch

  beforeEach(async () => {
    tenant = await startStubTenant()
    fetch = createGuardedFetch({
      rule: { suffixes: [], localTenants: new Set([tenant.domain]) },
      timeout: 5_000,
    })
  })
  afterEach(async () => {
    await fetch.close()
    await tenant.close()
  })

  async function failure(): Promise<unknown> {
    const credentials = { domain: tenant.domain, clientId: 'm2m', clientSecret: new Secret('CANARY-secret') }
    const client = createTenantClient(fetch, credentials, 5_000)
    expectNoCanary(client)
    expectNoCanary(credentials)
    const error: unknown = await client
      .call((management) => management.clients.get('CANARY'))
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
    expect(error).toBeInstanceOf(Error)
    return error
  }

  const echo = 'CANARY\n    at CANARY (/CANARY.ts:1:1)\n    at CANARY:1:1'
  const translated: Record<number, object> = {
    401: { code: 'proxy/invalid-credentials' },
    403: { code: 'proxy/insufficient-scope' },
    500: { code: 'proxy/bad-upstream' },
    503: { code: 'proxy/bad-upstream' },
  }
  it.each([400, 401, 403, 404, 409, 418, 500, 503])('with %i shows nothing of it', async (status) => {
    tenant.on(
      '/api/v2/clients/CANARY',
      json({ statusCode: status, error: echo, message: echo, errorCode: echo }, status, {
        'x-echo': 'CANARY',
      }),
    )
    const error = await failure()
    expect(error).toMatchObject(translated[status] ?? { statusCode: status })
    expectNoCanary(error)
    expectNoCanary(toAnswerable(error))
  })

  it.each<[string, Parameters<StubTenant['on']>]>([
    [
      'JSON that is cut off',
      [
        '/api/v2/clients/CANARY',
        (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"CANARY'),
      ],
    ],
    [
      'something else than HTTP',
      ['/api/v2/clients/CANARY', (_q, r) => r.socket?.end('CANARY CANARY\r\n\r\n')],
    ],
    ['a refused token request', ['/oauth/token', json({ error: echo, error_description: echo }, 401)]],
    [
      'a token that cannot be a header',
      ['/oauth/token', json({ ...tokenReply, access_token: 'CANARY\r\nx: y' })],
    ],
    [
      'a token of letters that no header takes',
      ['/oauth/token', json({ ...tokenReply, access_token: 'CANARY \u20ac' })],
    ],
  ])('in %s shows nothing of it', async (_name, [path, reply]) => {
    tenant.on(path, reply)
    const error = await failure()
    expectNoCanary(error)
    expectNoCanary(toAnswerable(error))
    expect(toAnswerable(error).code).not.toBe('proxy/internal')
  })
})
