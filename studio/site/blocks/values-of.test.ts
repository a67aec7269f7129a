import { expect, it } from 'vitest'
import { valuesOf } from './values-of.ts'

const scope = { auth: { user: { name: '<b>Ada</b>' } }, page: { query: { level: '1' } } }

it('fills bindings in, in the visitor’s language, and leaves those of a row to the rows', () => {
  const text = {
    id: 't',
    type: 'text',
    values: { text: 'Hello {{ auth.user.name }}' },
    translations: { fr: { text: 'Bonjour {{ auth.user.name }}' } },
  } as const
  expect(valuesOf(text, 'en', scope).text).toBe('Hello <b>Ada</b>')
  expect(valuesOf(text, 'fr', scope).text).toBe('Bonjour <b>Ada</b>')
  expect(valuesOf({ id: 'd', type: 'data', values: {} }, 'en', scope).row).toBe('{{ item.name }}')
})

it.each(['1><script', 'tml', '{{ page.query.level }}', 7])('makes no element of the level %j', (level) => {
  expect(valuesOf({ id: 'h', type: 'heading', values: { level } }, 'en', scope).level).toBe('2')
})
