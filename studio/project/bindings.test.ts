import { computed, reactive } from 'vue'
import { describe, expect, it } from 'vitest'
import { fillIn, lookUp, resolve } from './bindings.ts'

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

  it('keeps the type of a value that is bound alone', () => {
    expect(resolve({ bind: 'results.first.count' }, scope)).toBe(3)
    expect(resolve({ bind: '{{ results.first.count }}' }, scope)).toBe(3)
    expect(resolve({ bind: 'n = {{ results.first.count }}' }, scope)).toBe('n = 3')
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
  })

  it('is done at once with a text that is all spaces and no binding', () => {
    const hostile = `{{${' '.repeat(20_000)}`
    const start = performance.now()
    expect(fillIn(hostile, scope)).toBe(hostile)
    expect(resolve({ bind: hostile }, scope)).toBe(hostile)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
