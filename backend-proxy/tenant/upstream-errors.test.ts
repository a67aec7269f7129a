import { describe, expect, it } from 'vitest'
import { toManagementError } from './upstream-errors.ts'

describe('a refusal for want of a scope', () => {
  it('names the plain one of several that would do, and none that opens keys', () => {
    const message = 'Insufficient scope, expected any of: update:clients,update:client_keys'
    const error = toManagementError({
      status: 403,
      headers: new Headers(),
      text: JSON.stringify({ statusCode: 403, message, errorCode: 'insufficient_scope' }),
    })
    expect(error?.message).toMatch(/ update:clients\.$/)
    expect(error?.cure).not.toContain('update:client_keys')
  })
})

it('tells what a plan does not include from a missing scope', () => {
  const message = 'The account is not allowed to perform this operation'
  const text = JSON.stringify({ statusCode: 403, message, errorCode: 'operation_not_supported' })
  expect(toManagementError({ status: 403, headers: new Headers(), text })?.code).toBe('proxy/not-in-plan')
})
