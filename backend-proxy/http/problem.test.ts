import { describe, expect, it } from 'vitest'
import { errorCatalogue } from 'lowgate/contract/errors'
import { fromWireCode, problem } from 'lowgate/contract/proxy-api'
import { describeError } from './log.ts'
import { statusOf, toAnswerable, toProblem } from './problem.ts'

describe('an error on its way out', () => {
  it('has a status for every code of the catalogue that is about the proxy or a visitor’s token', () => {
    const codes = Object.keys(errorCatalogue).filter((code) => /^(proxy|token)\//.test(code))
    expect(Object.keys(statusOf).sort()).toEqual(codes.sort())
  })

  it.each([
    ['SQLITE_FULL', 507],
    ['53100', 507],
    ['SQLITE_CORRUPT', 500],
  ])('of the database, %s, is answered with %i and none of its text', (code, status) => {
    const answer = toAnswerable(Object.assign(new Error('CANARY in the statement'), { code }))
    expect(statusOf[answer.code]).toBe(status)
    const body = problem.parse(toProblem(answer, 'reference'))
    expect(fromWireCode(body.error)).toBe(answer.code)
    expect(JSON.stringify(body)).not.toContain('CANARY')
  })

  it('of Auth0’s SDK that nothing else explains is answered as the tenant’s, with its status', () => {
    const answer = toAnswerable(Object.assign(new Error('CANARY'), { statusCode: 409, body: 'CANARY' }))
    expect(answer.code).toBe('proxy/bad-upstream')
    expect(answer.message).toContain('409')
    expect(answer.message).not.toContain('CANARY')
  })

  it('is logged by kind and place, without texts that others wrote', () => {
    const cause = Object.assign(new Error('CANARY'), { statusCode: 500, body: 'CANARY' })
    const entry = JSON.stringify(describeError(new Error('CANARY', { cause })))
    expect(entry).toContain('problem.test.ts')
    expect(entry).not.toContain('CANARY')
    expect(JSON.stringify(describeError('CANARY'))).not.toContain('CANARY')
  })
})
