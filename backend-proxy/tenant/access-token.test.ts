import { describe, expect, it } from 'vitest'
import { Secret } from 'lowgate/contract'
import { requestToken } from './access-token.ts'
import type { GuardedFetch, UpstreamRequest } from './guarded-fetch.ts'

const credentials = { domain: 't.auth0.com', clientId: 'm2m', clientSecret: new Secret('s') }

/** Asks for a token at a tenant that answers like this, and tells what it was sent. */
async function ask(status: number, body: unknown, headers: Record<string, string> = {}) {
  const sent: { url: string; request: UpstreamRequest }[] = []
  const fetch = ((url: string, request: UpstreamRequest) => {
    sent.push({ url, request })
    return Promise.resolve({ status, headers: new Headers(headers), text: JSON.stringify(body) })
  }) as GuardedFetch
  const answer = await requestToken(fetch, credentials).catch((error: unknown) => error)
  return { sent, answer }
}

describe('a token for the Management API', () => {
  it('is asked for with the secret in the body, once, at the tenant’s own domain', async () => {
    const { sent } = await ask(200, { access_token: 't', token_type: 'Bearer', expires_in: 60 })
    expect(sent).toHaveLength(1)
    const [{ url, request } = { url: '', request: {} }] = sent
    expect(url).toBe('https://t.auth0.com/oauth/token')
    expect(request.method).toBe('POST')
    expect(request.headers).toEqual({ 'content-type': 'application/json' })
    expect(JSON.parse(request.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      client_id: 'm2m',
      client_secret: 's',
      audience: 'https://t.auth0.com/api/v2/',
    })
  })

  it('has its scopes, and its end by this machine’s clock', async () => {
    const before = Date.now()
    const scope = 'read:clients  read:users'
    const { answer } = await ask(200, { access_token: 't', token_type: 'bearer', expires_in: 60, scope })
    const { expiresAt, ...rest } = answer as { expiresAt: number }
    expect(rest).toEqual({ value: 't', scopes: ['read:clients', 'read:users'] })
    expect(expiresAt).toBeGreaterThanOrEqual(before + 60_000)
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 60_000)
  })

  it('without a scope has none', async () => {
    const { answer } = await ask(200, { access_token: 't', token_type: 'Bearer', expires_in: 60 })
    expect(answer).toMatchObject({ scopes: [] })
  })

  it.each([
    { token_type: 'Bearer', expires_in: 0 },
    { token_type: 'Bearer', expires_in: -1 },
    { token_type: 'Bearer', expires_in: '60' },
    { token_type: 'xBearer', expires_in: 60 },
    { token_type: 'Bearerx', expires_in: 60 },
    { token_type: 'Bearer', expires_in: 60, access_token: ' t' },
    { token_type: 'Bearer', expires_in: 60, access_token: 't ' },
  ])('is not taken from %j', async (reply) => {
    const { answer } = await ask(200, { access_token: 't', ...reply })
    expect(answer).toMatchObject({ code: 'proxy/bad-upstream' })
  })

  it('is refused for the time that the tenant names', async () => {
    const { answer } = await ask(429, {}, { 'retry-after': '7' })
    expect(answer).toMatchObject({ code: 'proxy/rate-limited', retryAfter: 7 })
  })

  it.each([
    [500, 'proxy/bad-upstream', '(500)'],
    [503, 'proxy/bad-upstream', '(503)'],
    [499, 'proxy/bad-upstream', 'proxy/bad-upstream'],
  ])('that a tenant answers with %i is %s', async (status, code, words) => {
    const { answer } = await ask(status, {})
    expect(answer).toMatchObject({ code, message: expect.stringContaining(words) as string })
  })

  it.each([
    [403, { error: 'access_denied' }, 'proxy/no-api-access'],
    [403, { error: 'unauthorized_client' }, 'proxy/no-api-access'],
    [403, { error: 'other' }, 'proxy/invalid-credentials'],
    [401, { error: 'other' }, 'proxy/invalid-credentials'],
    [400, { error: 'access_denied' }, 'proxy/invalid-credentials'],
    [400, { error: 'unauthorized_client' }, 'proxy/invalid-credentials'],
    [400, { error: 'invalid_client' }, 'proxy/invalid-credentials'],
    [400, { error: 'not_invalid_client' }, 'proxy/bad-upstream'],
    [400, { error: 'invalid_client_metadata' }, 'proxy/bad-upstream'],
    [400, { error: 'x', error_description: 'Service not found: y' }, 'proxy/no-api-access'],
    [400, { error: 'x', error_description: 'No Service not found' }, 'proxy/bad-upstream'],
    [400, { error: 7, error_description: {} }, 'proxy/bad-upstream'],
    [400, [], 'proxy/bad-upstream'],
  ])('that is refused with %i %j is %s', async (status, body, code) => {
    expect((await ask(status, body)).answer).toMatchObject({ code })
  })

  it('is refused to an application that may not ask without a visitor, with what to create instead', async () => {
    const error_description = "Grant type 'client_credentials' not allowed for the client."
    const { answer } = await ask(403, { error: 'unauthorized_client', error_description })
    expect(answer).toMatchObject({
      code: 'proxy/no-api-access',
      message: 'This client ID does not belong to a Machine to Machine application.',
      cure: expect.stringContaining('create a Machine to Machine application') as string,
    })
    const elsewhere = await ask(403, {
      error: 'unauthorized_client',
      error_description: `x ${error_description}`,
    })
    expect(elsewhere.answer).not.toHaveProperty('cure')
  })
})
