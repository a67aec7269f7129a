import { describe, expect, it } from 'vitest'
import { rateLimited, toManagementError, toRefusedRequest, waitAfter } from './upstream-errors.ts'

const refusal = (status: number, body: object = {}, headers: Record<string, string> = {}) =>
  toManagementError({ status, headers: new Headers(headers), text: JSON.stringify(body) })

describe('a refusal for want of a scope', () => {
  it('names the plain one of several that would do, and none that opens keys', () => {
    const message = 'Insufficient scope, expected any of: update:clients,update:client_keys'
    const error = refusal(403, { statusCode: 403, message, errorCode: 'insufficient_scope' })
    expect(error?.code).toBe('proxy/insufficient-scope')
    expect(error?.message).toMatch(/ update:clients\.$/)
    expect(error?.cure).toContain(' update:clients ')
    expect(error?.cure).not.toContain('update:client_keys')
  })

  it.each(['xread:clients', 'read:Clients', 'read:a', `read:${'a'.repeat(41)}`, 'drop:clients', ''])(
    'repeats nothing of %j, which is not a scope',
    (message) => {
      const error = refusal(403, { message })
      expect(error?.code).toBe('proxy/insufficient-scope')
      expect(error).not.toHaveProperty('title')
    },
  )
})

it('tells what a plan does not include from a missing scope', () => {
  const message = 'The account is not allowed to perform this operation'
  expect(refusal(403, { message, errorCode: 'operation_not_supported' })?.code).toBe('proxy/not-in-plan')
})

it.each([
  [200, undefined],
  [400, undefined],
  [401, 'proxy/invalid-credentials'],
  [404, undefined],
  [409, undefined],
  [429, 'proxy/rate-limited'],
  [499, undefined],
  [500, 'proxy/bad-upstream'],
  [503, 'proxy/bad-upstream'],
])('a Management API that answers %i means %s', (status, code) => {
  expect(refusal(status)?.code).toBe(code)
})

it('a fault of the tenant is told with its status and what to do', () => {
  const error = refusal(503)
  expect(error?.message).toContain('503')
  expect(error?.cure).toContain('status.auth0.com')
})

it('a status that nobody decided on is the tenant’s, and any other error is not', () => {
  const thrown = Object.assign(new Error('CANARY'), { statusCode: 418 })
  expect(toRefusedRequest(thrown)).toMatchObject({
    code: 'proxy/bad-upstream',
    message: 'Your Auth0 tenant refused a request (418).',
  })
  for (const other of [
    new Error('x'),
    Object.assign(new Error('x'), { statusCode: '418' }),
    { statusCode: 418 },
    null,
  ])
    expect(toRefusedRequest(other)).toBe(undefined)
})

describe('the wait after 429', () => {
  const now = 1_700_000_000_000
  const wait = (headers: Record<string, string>) => waitAfter(new Headers(headers), now)
  const inSeconds = (seconds: number) => String(now / 1000 + seconds)

  it('lasts to the reset, else as long as Retry-After says, else a second', () => {
    expect(wait({ 'x-ratelimit-reset': inSeconds(5), 'retry-after': '9' })).toBe(5_000)
    for (const passed of [0, -5]) {
      expect(wait({ 'x-ratelimit-reset': inSeconds(passed), 'retry-after': '9' })).toBe(9_000)
      expect(wait({ 'x-ratelimit-reset': inSeconds(passed) })).toBe(1_000)
    }
    for (const after of ['0', '-1', 'soon']) expect(wait({ 'retry-after': after })).toBe(1_000)
    expect(wait({})).toBe(1_000)
  })

  it('is an hour at most', () => {
    expect(wait({ 'retry-after': '86400' })).toBe(3_600_000)
  })

  it('is told in whole seconds, at least one', () => {
    expect(rateLimited(0)).toMatchObject({ retryAfter: 1 })
    expect(rateLimited(2_001)).toMatchObject({ retryAfter: 3 })
    expect(rateLimited(1).message).toContain('takes no more requests')
  })
})
