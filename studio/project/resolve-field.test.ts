import { describe, expect, it } from 'vitest'
import { hostSteps } from './host-steps.ts'
import { resolveFields } from './resolve-field.ts'

const scope = {
  page: { query: { x: '","admin":true,"y":"', on: 'true', to: 'DELETE', list: ['a', 'b'] } },
  variables: { count: '5', letter: 'n', note: 'Said "hi"\n' },
  results: { order: { id: 7 }, nothing: null },
}
const resolve = (args: Record<string, unknown>) => resolveFields(hostSteps.callApi.fields, args, scope)

describe('a body of JSON', () => {
  it.each([
    ['{"a":"{{page.query.x}}"}', { a: scope.page.query.x }],
    ['{"a":{{page.query.x}}}', { a: scope.page.query.x }],
    ['{"n":{{variables.count}},"m":"{{variables.count}}"}', { n: 5, m: '5' }],
    ['{"a":"said \\"{{variables.note}}\\""}', { a: `said "${scope.variables.note}"` }],
    ['{"order":{{results.order}},"none":{{results.none}}}', { order: { id: 7 }, none: null }],
    ['[{{results.nothing}}]', [null]],
    ['["\\\\{{page.query.x}}"]', [`\\${scope.page.query.x}`]],
    ['{{page.query.x}}', scope.page.query.x],
    [{ bind: 'page.query.x' }, scope.page.query.x],
    [{ bind: 'results.order' }, { id: 7 }],
    [
      { a: { bind: 'page.query.x' }, b: '{{variables.count}}' },
      { a: scope.page.query.x, b: '5' },
    ],
  ])('keeps the shape of %j', (body, sent) => {
    expect(JSON.parse(String(resolve({ body }).body))).toEqual(sent)
  })

  it.each([
    '["\\{{page.query.x}}"]',
    '{"a":1{{page.query.x}}}',
    'a={{page.query.x}}',
    '{"{{page.query.x}}" :1}',
  ])('is refused where a value cannot be told from what is written: %s', (body) => {
    expect(() => resolve({ body })).toThrow('“Body” is not JSON')
  })

  it('is sent unchanged without bindings, and not at all when it is bound to nothing', () => {
    expect(resolve({ body: 'plain' }).body).toBe('plain')
    expect(resolve({ body: '{{ results.none }}' })).not.toHaveProperty('body')
  })
})

it('lets no binding choose a method or send the token', () => {
  expect(
    resolve({
      method: '{{page.query.to}}',
      withToken: { bind: 'page.query.on' },
      headers: { a: '{{variables.count}}' },
    }),
  ).toEqual({ query: {}, headers: { a: '5' } })
})

it('fills in the values of parameters and headers, not their names', () => {
  expect(
    resolve({ query: { '{{variables.count}}': '{{variables.count}}', list: { bind: 'page.query.list' } } }),
  ).toEqual({
    query: { '{{variables.count}}': '5', list: '["a","b"]' },
    headers: {},
  })
})

it('fills in a text as it is, and what a page is opened with', () => {
  expect(resolveFields(hostSteps.showMessage.fields, { title: '“{{ variables.note }}”' }, scope)).toEqual({
    title: `“${scope.variables.note}”`,
  })
  const page = { pageId: 'order', params: { id: { bind: 'variables.count' } } }
  expect(resolveFields(hostSteps.goToPage.fields, { page }, scope)).toEqual({
    page: { pageId: 'order', params: { id: '5' } },
  })
})

it('keeps a method and a switch that the builder chose', () => {
  expect(resolve({ method: 'DELETE', withToken: false, query: null })).toEqual({
    method: 'DELETE',
    withToken: false,
    query: {},
    headers: {},
  })
})

it('encodes an address for its place, and leaves an empty one out', () => {
  expect(resolve({ url: 'https://api.test/{{ variables.count }}?x={{ variables.note }}' }).url).toBe(
    'https://api.test/5?x=Said%20%22hi%22%0A',
  )
  expect(resolve({ url: '' })).not.toHaveProperty('url')
  expect(resolve({ url: { bind: 'page.query.x' } })).not.toHaveProperty('url')
})

describe('a binding as a whole JSON value', () => {
  it.each([
    ['[1]', '"[1]"'],
    ['  {"a":1}', '"  {\\"a\\":1}"'],
    ['"quoted"', '"\\"quoted\\""'],
    ['null', 'null'],
    [' 12 ', ' 12 '],
    ['1 ["', '"1 [\\""'],
  ])('sends %j as %s', (count, sent) => {
    const body = '{"a":{{ variables.count }}}'
    expect(resolveFields(hostSteps.callApi.fields, { body }, { variables: { count } }).body).toBe(
      `{"a":${sent}}`,
    )
  })

  it('is refused at a backslash wherever that is', () => {
    for (const body of [
      '\\{{variables.letter}}',
      '["\\{{variables.letter}}"]',
      '["\\\\\\{{variables.letter}}"]',
    ])
      expect(() => resolve({ body })).toThrow('not JSON')
  })

  it('may follow a colon that names nothing', () => {
    expect(resolve({ body: '["{{variables.count}}", ":"]' }).body).toBe('["5", ":"]')
    expect(() => resolve({ body: '{"{{variables.count}}"\n  : 1}' })).toThrow('not JSON')
  })
})
