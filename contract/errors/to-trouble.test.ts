import { describe, expect, it } from 'vitest'
import { notLoaded } from './error-text.ts'
import { loadTrouble } from './load-trouble.ts'
import { LowgateError } from './lowgate-error.ts'
import { toTrouble } from './to-trouble.ts'
import { visitorTexts } from './visitor-texts.ts'

describe('an error in words', () => {
  it('is the text of its code', async () => {
    expect(await loadTrouble(new LowgateError('auth/popup-closed'))).toEqual({
      code: 'auth/popup-closed',
      ...visitorTexts['auth/popup-closed'],
    })
  })

  it('says what is special about this occurrence', async () => {
    const error = new LowgateError('input/invalid', { title: '“Name” has no value.', field: 'name' })
    expect(await loadTrouble(error)).toMatchObject({
      title: '“Name” has no value.',
      cure: visitorTexts['input/invalid'].cure,
    })
  })

  it('is one for all errors that others made, whatever code those carry', async () => {
    for (const foreign of [
      new Error('x'),
      Object.assign(new Error('x'), { code: 'auth/timeout' }),
      'auth/timeout',
    ])
      expect(await loadTrouble(foreign)).toEqual({ code: 'host/failed', ...visitorTexts['host/failed'] })
  })

  it('says that a part is missing where its text is not at hand, and keeps its code', () => {
    expect(toTrouble(new LowgateError('auth/timeout'), {}, 'host/failed')).toEqual({
      code: 'auth/timeout',
      ...notLoaded,
    })
  })
})

describe('an error', () => {
  it('is serialised without its cause', () => {
    const error = new LowgateError('input/invalid', { field: 'name', cause: new Error('CANARY') })
    expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 'input/invalid', field: 'name' })
    expect({ ...error }).not.toHaveProperty('cause')
    expect(error.cause).toBeInstanceOf(Error)
  })
})
