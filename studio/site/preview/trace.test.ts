// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest'
import { createTrace } from './trace.ts'

const entry = (step: string, more = {}) => ({
  step,
  action: 'x',
  input: {},
  startedAt: '2026-01-01T00:00:00Z',
  ...more,
})

beforeEach(() => sessionStorage.clear())

it('keeps one entry a step, the newest first, over a reload', () => {
  const trace = createTrace()
  trace.add(entry('a'))
  trace.add(entry('b'))
  trace.add(entry('a', { took: 3 }))
  expect(createTrace().entries.value).toMatchObject([{ step: 'a', took: 3 }, { step: 'b' }])
})

it('neither shows nor keeps a token', () => {
  const trace = createTrace()
  trace.add(entry('token', { result: 'eyJhbGciOi.eyJzdWIi.c2ln' }))
  expect(JSON.stringify(trace.entries.value) + sessionStorage.getItem('preview-trace')).not.toContain(
    'eyJzdWIi',
  )
})

it('hides a token inside a text, and one that only the tenant can read', () => {
  const trace = createTrace()
  trace.add(entry('call', { input: { body: 'Bearer eyJhbGciOi.eyJzdWIi.c2ln!' } }))
  trace.add(entry('token', { action: 'getAccessToken', result: 'opaque-canary-1' }))
  trace.add(entry('keep', { input: { value: 'token=opaque-canary-1' } }))
  expect(sessionStorage.getItem('preview-trace')).not.toMatch(/eyJzdWIi|canary/)
})

it('forgets the oldest beyond fifty', () => {
  const trace = createTrace()
  for (let index = 0; index < 60; index += 1) trace.add(entry(`step${index}`))
  expect(trace.entries.value).toHaveLength(50)
  expect(trace.entries.value[0]?.step).toBe('step59')
})
