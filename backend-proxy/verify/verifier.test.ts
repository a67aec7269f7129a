import fc from 'fast-check'
import { base64url, generateKeyPair, UnsecuredJWT, type CryptoKey } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { challengeOf, TokenError } from './errors.ts'
import { audience, createProver, rolesClaim, startIssuer, type Issuer } from './testing/issuer.ts'
import { createVerifier, type Requirements, type Verifier } from './verifier.ts'

let issuer: Issuer
let verifier: Verifier
let foreignKey: CryptoKey
beforeAll(async () => {
  issuer = await startIssuer()
  foreignKey = (await generateKeyPair('RS256')).privateKey
  verifier = freshVerifier()
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => issuer.close())

const freshVerifier = (more: Partial<Parameters<typeof createVerifier>[0]> = {}) =>
  createVerifier({ domain: issuer.domain, audience, rolesClaim, ...more })

/** The code of the refusal, or `accepted`. */
const outcome = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof TokenError) return error.code
      throw error
    },
  )

const part = (value: unknown) => base64url.encode(JSON.stringify(value))
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
const secretOfPublicKey = () => new TextEncoder().encode(JSON.stringify(issuer.publicJwk('first')))

describe('a token of the tenant', () => {
  it('is read once and shared, frozen', async () => {
    const text = await issuer.sign({
      ...{ scope: 'openid read:orders', permissions: ['read:orders', 7], org_id: 'org_1', org_name: 'acme' },
      [rolesClaim]: ['manager'],
    })
    const token = await verifier.verify(text)
    expect(token).toMatchObject({
      ...{ userId: 'auth0|ada', scopes: ['openid', 'read:orders'], permissions: ['read:orders'] },
      ...{ roles: ['manager'], organization: { id: 'org_1', name: 'acme' } },
    })
    expect(await verifier.verify(text)).toBe(token)
    expect(() => (token.claims.permissions as string[]).push('write:orders')).toThrow(TypeError)
  })

  it('is taken of a custom domain too, when that is named', async () => {
    const other = await startIssuer()
    const both = freshVerifier({ domain: [issuer.domain, other.domain] })
    expect(await outcome(both.verify(await other.sign()))).toBe('accepted')
    expect(await outcome(verifier.verify(await other.sign()))).toBe('token/other-issuer')
    // Each domain with its own keys.
    expect(await outcome(both.verify(await other.sign({ iss: `http://${issuer.domain}/` })))).toBe(
      'token/bad-signature',
    )
    await other.close()
  })

  it.each([
    ['no scheme', 'token/missing', (text: string) => text],
    ['another scheme', 'token/missing', (text: string) => `Basic ${text}`],
    ['two tokens', 'token/missing', (text: string) => `Bearer ${text}, Bearer ${text}`],
    ['the scheme in any case', 'accepted', (text: string) => `bEaReR  ${text}`],
    ['a token longer than any header', 'token/malformed', () => `Bearer ${'a'.repeat(20_000)}`],
  ])('with %s is %s', async (_, expected, toHeader) => {
    const authorization = toHeader(await issuer.sign())
    const request = new Request('https://api.acme.example/', { headers: { authorization } })
    expect(await outcome(verifier.verify(request))).toBe(expected)
  })

  it('is no longer taken once it has expired, although it was before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const text = await issuer.sign({ exp: inSeconds(60) })
    expect(await outcome(verifier.verify(text))).toBe('accepted')
    vi.setSystemTime(Date.now() + 60_000)
    expect(await outcome(verifier.verify(text))).toBe('token/expired')
  })

  it('is refused ten minutes after the tenant withdrew its key, although it was taken before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    await issuer.addKey('withdrawn')
    const own = freshVerifier()
    const text = await issuer.sign({}, { header: { kid: 'withdrawn' } })
    expect(await outcome(own.verify(text))).toBe('accepted')
    issuer.withdrawKey('withdrawn')
    vi.setSystemTime(Date.now() + 600_001)
    expect(await outcome(own.verify(text))).toBe('token/bad-signature')
  })
})

describe('a forged or wrong token', () => {
  const table: [string, string, () => string | Promise<string>][] = [
    ['alg none', 'token/other-algorithm', () => new UnsecuredJWT(issuer.validClaims()).encode()],
    [
      'HS256 with the public key as its secret',
      'token/other-algorithm',
      () => issuer.sign({}, { header: { alg: 'HS256' }, key: secretOfPublicKey() }),
    ],
    ['another key', 'token/bad-signature', () => issuer.sign({}, { key: foreignKey })],
    [
      'an unknown key id',
      'token/bad-signature',
      () => issuer.sign({}, { header: { kid: 'x' }, key: foreignKey }),
    ],
    [
      'a path as its key id',
      'token/bad-signature',
      () => issuer.sign({}, { header: { kid: '../first' }, key: foreignKey }),
    ],
    ['no key id', 'token/malformed', () => issuer.sign({}, { header: { kid: undefined }, key: foreignKey })],
    [
      'a key in its header',
      'token/bad-signature',
      () => issuer.sign({}, { header: { jwk: issuer.publicJwk('first') }, key: foreignKey }),
    ],
    [
      'addresses of keys in its header',
      'token/bad-signature',
      () =>
        issuer.sign(
          {},
          { header: { jku: 'http://evil.example', x5u: 'http://evil.example' }, key: foreignKey },
        ),
    ],
    [
      'an unknown critical header',
      'token/malformed',
      async () =>
        `${part({ alg: 'RS256', kid: 'first', crit: ['x'], x: 1 })}.${part(issuer.validClaims())}.AAAA`,
    ],
    ['another type', 'token/malformed', () => issuer.sign({}, { header: { typ: 'dpop+jwt' } })],
    ['what a back-channel logout sends', 'token/malformed', () => issuer.sign({ events: {} })],
    ['another audience', 'token/other-audience', () => issuer.sign({ aud: ['https://other.example'] })],
    ['no audience', 'token/other-audience', () => issuer.sign({ aud: undefined })],
    ['another issuer', 'token/other-issuer', () => issuer.sign({ iss: 'https://evil.example/' })],
    [
      'the issuer without its slash',
      'token/other-issuer',
      () => issuer.sign({ iss: `http://${issuer.domain}` }),
    ],
    ['an end in the past', 'token/expired', () => issuer.sign({ exp: inSeconds(-1) })],
    ['no end', 'token/malformed', () => issuer.sign({ exp: undefined })],
    ['an end that is a text', 'token/malformed', () => issuer.sign({ exp: '9999999999' as never })],
    ['a beginning in the future', 'token/not-yet-valid', () => issuer.sign({ nbf: inSeconds(60) })],
    ['no user', 'token/malformed', () => issuer.sign({ sub: undefined })],
    ['the claims of an ID token', 'token/id-token', () => issuer.sign({ aud: 'client', azp: undefined })],
    ['the nonce of an ID token', 'token/id-token', () => issuer.sign({ nonce: 'x' })],
    ['no parts', 'token/opaque', () => 'a'.repeat(32)],
    ['five parts', 'token/opaque', () => 'a.b.c.d.e'],
    ['parts that are not JSON', 'token/malformed', () => 'a.b.c'],
  ]
  it.each(table)('with %s is refused: %s', async (_, code, make) => {
    expect(await outcome(verifier.verify(await make()))).toBe(code)
  })

  it('is never accepted, among 10,000', async () => {
    const valid = await issuer.sign()
    const signature = valid.split('.')[2] ?? ''
    const claims = fc.record(
      {
        iss: fc.constantFrom(`http://${issuer.domain}/`, 'https://evil.example/', ['x'] as never),
        aud: fc.constantFrom(audience, [audience], 'client', ''),
        sub: fc.constantFrom('auth0|eve', '', 1 as never),
        exp: fc.constantFrom(inSeconds(3600), inSeconds(-1), 9e99, 'never' as never),
        org_id: fc.constantFrom('org_1', 'org_2'),
      },
      { requiredKeys: ['sub'] },
    )
    const headers = fc.record(
      {
        alg: fc.constantFrom('RS256', 'none', 'NONE', 'HS256', 'RS512', 'PS256', 'ES256'),
        typ: fc.constantFrom('JWT', 'at+jwt', 'dpop+jwt', ''),
        kid: fc.constantFrom('first', 'other', '', '../first', '__proto__', 7 as never),
        crit: fc.constantFrom(['alg'], ['b64'], []),
        b64: fc.constantFrom(false, true),
        jwk: fc.constant(issuer.publicJwk('first')),
        jku: fc.constantFrom('https://evil.example/keys'),
      },
      { requiredKeys: ['alg'] },
    )
    // The tenant's signature of something else, one of nothing, and any.
    const signatures = fc.oneof(
      fc.constantFrom(signature, '', 'AAAA', signature.slice(0, -2)),
      fc.uint8Array({ minLength: 256, maxLength: 256 }).map((bytes) => base64url.encode(bytes)),
    )
    const made = fc
      .record({ claims, headers, signatures })
      .map((it) => `${part(it.headers)}.${part({ ...issuer.validClaims(), ...it.claims })}.${it.signatures}`)
    // One sign of a good token changed; the last one also holds bits that no decoder reads.
    const changed = fc
      .record({ at: fc.nat(valid.length - 2), to: fc.constantFrom(...'AZaz09-_.=') })
      .map(({ at, to }) => valid.slice(0, at) + to + valid.slice(at + 1))
      .filter((text) => text !== valid)
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 3, arbitrary: made }, changed),
        async (text) => (await outcome(verifier.verify(text))) !== 'accepted',
      ),
      { numRuns: 10_000 },
    )
    expect(await outcome(verifier.verify(valid))).toBe('accepted')
  })
})

describe('the tenant', () => {
  it('is asked once in 30 seconds, however many unknown key ids arrive', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const own = freshVerifier()
    const storm = async () => {
      const texts = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          issuer.sign({}, { header: { kid: `unknown-${String(at)}` }, key: foreignKey }),
        ),
      )
      await Promise.all(texts.map((text) => outcome(own.verify(text))))
    }
    issuer.countRequests()
    await storm()
    await storm()
    expect(issuer.countRequests()).toBe(1)
    vi.setSystemTime(Date.now() + 30_001)
    await storm()
    expect(issuer.countRequests()).toBe(1)
  })

  it('that fails is left alone for a while, and then asked again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const own = freshVerifier()
    issuer.answerWith(500)
    issuer.countRequests()
    const text = await issuer.sign()
    expect([await outcome(own.verify(text)), await outcome(own.verify(text))]).toEqual([
      'token/no-keys',
      'token/no-keys',
    ])
    expect(issuer.countRequests()).toBe(1)
    issuer.answerWith(200)
    vi.setSystemTime(Date.now() + 5_001)
    expect(await outcome(own.verify(text))).toBe('accepted')
  })
})

describe('requirements', () => {
  const claims = {
    ...{
      scope: 'read:orders',
      permissions: ['read:orders'],
      org_id: 'org_Xy',
      org_name: 'acme-north',
      amr: ['mfa'],
    },
    [rolesClaim]: ['manager'],
  }
  it.each<[Requirements, string]>([
    [
      { scopes: ['read:orders'], roles: ['manager'], permissions: ['read:orders'], secondFactor: true },
      'accepted',
    ],
    [{ scopes: ['read:orders', 'write:orders'] }, 'token/insufficient-scope'],
    [{ scopes: ['read'] }, 'token/insufficient-scope'],
    [{ roles: ['manager', 'owner'] }, 'token/not-permitted'],
    [{ permissions: ['write:orders'] }, 'token/not-permitted'],
    [{ organization: ' ACME-North ' }, 'accepted'],
    [{ organization: 'org_Xy' }, 'accepted'],
    [{ organization: 'org_xy' }, 'token/not-permitted'],
    [{ organization: '' }, 'token/not-permitted'],
  ])('%j: %s', async (requirements, expected) => {
    expect(await outcome(verifier.verify(await issuer.sign(claims), requirements))).toBe(expected)
  })

  it.each<[Requirements, string]>([
    [{ organization: 'acme' }, 'token/not-permitted'],
    [{ organization: '' }, 'token/not-permitted'],
    [{ secondFactor: true }, 'token/second-factor'],
    [{ roles: ['manager'] }, 'token/not-permitted'],
  ])('%j of a token without any of it: %s', async (requirements, expected) => {
    expect(await outcome(verifier.verify(await issuer.sign(), requirements))).toBe(expected)
  })

  it.each([
    ['token/missing', 'Bearer'],
    [
      'token/insufficient-scope',
      'Bearer error="insufficient_scope", error_description="This token lacks a scope.", scope="read:orders"',
    ],
    [
      'token/bad-proof',
      'DPoP error="invalid_dpop_proof", error_description="The proof (DPoP) does not fit this request.", algs="ES256"',
    ],
    ['token/no-keys', undefined],
  ] as const)('%s is told in the WWW-Authenticate header', (code, challenge) => {
    const scope = code === 'token/insufficient-scope' ? { scope: 'read:orders' } : {}
    expect(challengeOf(new TokenError(code, scope))).toBe(challenge)
  })
})

describe('a token that is bound to a key (DPoP)', () => {
  const url = 'https://api.acme.example/orders'
  const ask = (text: string, dpop?: string, more: { scheme?: string; url?: string; method?: string } = {}) =>
    outcome(
      verifier.verify({
        authorization: `${more.scheme ?? 'DPoP'} ${text}`,
        dpop,
        method: 'GET',
        url,
        ...more,
      }),
    )

  it('is taken once with each proof, whatever the query', async () => {
    const { jkt, prove } = await createProver()
    const text = await issuer.sign({ cnf: { jkt } })
    const proof = await prove(text, { htm: 'GET', htu: url })
    expect(await ask(text, proof, { url: `${url}?page=2` })).toBe('accepted')
    expect(await ask(text, proof)).toBe('token/bad-proof')
  })

  it('is refused without a proof that fits', async () => {
    const { jkt, prove } = await createProver()
    const other = await createProver()
    const text = await issuer.sign({ cnf: { jkt } })
    const good = { htm: 'GET', htu: url }
    const wrong = {
      method: await prove(text, { ...good, htm: 'POST' }),
      address: await prove(text, { ...good, htu: 'https://api.acme.example/others' }),
      token: await prove(`${text}x`, good),
      key: await other.prove(text, good),
      id: await prove(text, { ...good, jti: undefined }),
      old: await prove(text, good, { iat: inSeconds(-400) }),
      early: await prove(text, good, { iat: inSeconds(120) }),
      type: await prove(text, good, { typ: 'JWT' }),
      form: 'x',
    }
    for (const [name, proof] of Object.entries(wrong))
      expect([name, await ask(text, proof)]).toEqual([name, 'token/bad-proof'])
    expect(await ask(text)).toBe('token/no-proof')
    expect(await ask(text, await prove(text, good), { scheme: 'Bearer' })).toBe('token/no-proof')
    expect(await outcome(verifier.verify(text))).toBe('token/no-proof')
    const elsewhere = await issuer.sign({ cnf: { 'x5t#S256': 'x' } })
    expect(await ask(elsewhere, undefined, { scheme: 'Bearer' })).toBe('token/no-proof')
    const plain = await issuer.sign()
    expect(await ask(plain, await prove(plain, good))).toBe('token/no-proof')
  })

  it('names the origin that clients see, when the verifier knows it', async () => {
    const { jkt, prove } = await createProver()
    const text = await issuer.sign({ cnf: { jkt } })
    const behind = freshVerifier({ origin: 'https://api.acme.example' })
    const inside = { authorization: `DPoP ${text}`, method: 'GET', url: 'http://10.0.0.5/orders' }
    const dpop = await prove(text, { htm: 'GET', htu: url })
    expect(await outcome(behind.verify({ ...inside, dpop }))).toBe('accepted')
    const evil = await prove(text, { htm: 'GET', htu: 'http://10.0.0.5/orders' })
    expect(await outcome(behind.verify({ ...inside, dpop: evil }))).toBe('token/bad-proof')
  })
})

it.each([[{ domain: 'https://acme.eu.auth0.com/login' }], [{ domain: [] }], [{ audience: '' }]])(
  'refuses to be made with %j',
  (options) => {
    expect(() => freshVerifier(options)).toThrow(TypeError)
  },
)
