import { computed, reactive } from 'vue'
import { describe, expect, it } from 'vitest'
import { soleBinding, expressionsOf, fillIn, keysOf, lookUp, resolve, toText } from './bindings.ts'

const scope = { auth: { user: { name: 'Ada', roles: ['admin'] } }, results: { first: { count: 3 } } }

describe('bindings', () => {
  it('fills a text in, and leaves out what leads nowhere', () => {
    expect(fillIn('Hello {{ auth.user.name }}{{auth.user.nickname}}!', scope)).toBe('Hello Ada!')
  })

  it('fills in a variable as soon as there is one', () => {
    const variables = reactive<Record<string, string>>({})
    const text = computed(() => fillIn('{{ variables.answer }}', { variables }))
    expect(text.value).toBe('')
    variables.answer = '42'
    expect(text.value).toBe('42')
  })

  it('reaches into lists', () => {
    expect(lookUp('auth.user.roles[0]', scope)).toBe('admin')
  })

  it('keeps the type of a value when the binding is the whole text', () => {
    expect(resolve({ bind: 'results.first.count' }, scope)).toBe(3)
    expect(resolve({ bind: '{{ results.first.count }}' }, scope)).toBe(3)
    expect(resolve({ bind: 'n = {{ results.first.count }}' }, scope)).toBe('n = 3')
  })

  it('reads over spaces around a binding', () => {
    expect(soleBinding('  {{ auth.user.name }} ')).toBe('auth.user.name')
    expect(resolve({ bind: ' results.first.count ' }, scope)).toBe(3)
    expect(expressionsOf({ bind: ' auth.user ' })).toEqual(['auth.user'])
  })

  it('takes no text for one binding when something follows it', () => {
    expect(soleBinding('{{ a }} and more')).toBeUndefined()
    expect(soleBinding('{{ a }}{{ b }}')).toBeUndefined()
  })

  it('reads a path through brackets and dots', () => {
    expect(keysOf('list[0].title')).toEqual(['list', '0', 'title'])
  })

  it('finds the expressions of lists and objects, and none in nothing', () => {
    expect(expressionsOf([null, { a: ['{{ x }}', { bind: 'y' }] }, 3])).toEqual(['x', 'y'])
  })

  it('shows nothing for a value that is not there, and an object as JSON', () => {
    expect([null, undefined, 0, false].map(toText)).toEqual(['', '', '0', 'false'])
    expect(toText({ a: 1 })).toBe('{"a":1}')
  })

  it('resolves bindings inside lists, and leaves other values as they are', () => {
    expect(resolve(['{{ auth.user.name }}', { bind: 'results.first.count' }, null, 7], scope)).toEqual([
      'Ada',
      3,
      null,
      7,
    ])
  })

  it('resolves bindings inside objects', () => {
    expect(resolve({ pageId: 'a', query: { who: { bind: 'auth.user.name' } } }, scope)).toEqual({
      pageId: 'a',
      query: { who: 'Ada' },
    })
  })

  it('never reaches what a value inherits', () => {
    expect(lookUp('auth.constructor.name', scope)).toBeUndefined()
    expect(lookUp('auth.user.name.length', scope)).toBeUndefined()
    expect(lookUp('results.none.name', { results: { none: null } })).toBeUndefined()
  })

  it('is done at once with a text that is all spaces and no binding', { timeout: 30_000 }, () => {
    const hostile = `{{${' '.repeat(200_000)}`
    expect(fillIn(hostile, scope)).toBe(hostile)
    expect(resolve({ bind: hostile }, scope)).toBe(hostile)
  })
})
