import { describe, expect, it } from 'vitest'
import { json } from '../testing/stub-tenant.ts'
import { credentialsFor } from '../testing/test-proxy.ts'
import { list, useStubTenant } from '../testing/use-stub-tenant.ts'

const stage = useStubTenant()

describe('refusals of the token endpoint', () => {
  it.each<[string, number, unknown]>([
    ['invalid_credentials', 401, { error: 'access_denied', error_description: 'Unauthorized CANARY' }],
    [
      'no_api_access',
      403,
      { error: 'access_denied', error_description: 'Client is not authorized to access "x".' },
    ],
    ['no_api_access', 403, { error: 'unauthorized_client', error_description: 'Grant type not allowed' }],
    ['invalid_credentials', 401, { error: 'invalid_client' }],
    ['invalid_credentials', 400, { error: 'invalid_client' }],
    ['invalid_credentials', 403, { error: 'other' }],
    ['no_api_access', 400, { error: 'invalid_request', error_description: 'Service not found: x' }],
    ['no_api_access', 403, { error: 'access_denied', error_description: 'Service not found: x' }],
    ['bad_upstream', 400, { error: 'invalid_request' }],
    ['bad_upstream', 404, '<html>'],
    ['bad_upstream', 500, 'oops CANARY'],
  ])('are told as %s after one attempt (%i %j)', async (code, status, body) => {
    stage.tenant.on('/oauth/token', json(body, status))
    const answer = await stage.save()
    expect(answer.body.error).toBe(code)
    expect(answer.text).not.toContain('CANARY')
    expect(stage.tenant.count('/oauth/token')).toBe(1)
  })

  it.each([
    {},
    { access_token: '' },
    { access_token: 't', token_type: 'mac', expires_in: 1 },
    ...['t\r\nx: y', 't\n', 't\0', 'a b', '€', '\ud800'].map((access_token) => ({
      access_token,
      token_type: 'Bearer',
      expires_in: 86_400,
    })),
    [],
    null,
  ])('a token reply of %j is not used', async (body) => {
    stage.tenant.on('/oauth/token', json(body))
    expect((await stage.save()).body.error).toBe('bad_upstream')
    expect(
      (await stage.proxy.call('POST', list, { credentials: credentialsFor(stage.tenant.domain) })).body.error,
    ).toBe('bad_upstream')
  })
})

describe('many at once', () => {
  it('a hundred cold requests ask for one token', async () => {
    expect((await stage.save()).status).toBe(200)
    await stage.restart()
    const before = stage.tenant.count('/oauth/token')
    const answers = await Promise.all(Array.from({ length: 100 }, () => stage.proxy.call('POST', list, {})))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(stage.tenant.count('/oauth/token') - before).toBe(1)
  })

  it('a token about to end is replaced, once', async () => {
    stage.tenant.on('/oauth/token', json({ access_token: 't', token_type: 'Bearer', expires_in: 30 }))
    expect((await stage.save()).status).toBe(200)
    const before = stage.tenant.count('/oauth/token')
    await stage.proxy.call('POST', list, {})
    expect(stage.tenant.count('/oauth/token') - before).toBe(1)
  })
})
