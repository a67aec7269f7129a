import { expect, test } from 'vitest'
import { parseSearch } from './search-expression.ts'

const item = { name: 'Acme North', app_type: 'spa', metadata: { plan: 'gold' }, empty: null }

test.each([
  ['name:acme*', true],
  ['name:*north', true],
  ['name:*nort', false],
  ['name:"Acme North"', true],
  ['name:"Acme*"', false],
  ['acme*', true],
  ['app_type:native OR metadata.plan:gold', true],
  ['app_type:native AND metadata.plan:gold', false],
])('Lucene %s', (q, matches) => {
  expect(parseSearch(q)(item)).toBe(matches)
})

test.each([
  ['name eq "acme north"', true],
  ['name ne "acme north"', false],
  ['name sw "ac" and name ew "orth"', true],
  ['name co "me no"', true],
  ['empty pr', false],
  ['name pr', true],
  ['name eq "a and b" or app_type eq "spa"', true],
])('SCIM %s', (q, matches) => {
  expect(parseSearch(q, 'scim')(item)).toBe(matches)
})

test.each([
  ['lucene', 'name:*ab*'],
  ['scim', 'name co "ab"'],
  ['scim', 'name like "abc"'],
  ['lucene', 'x'.repeat(1_001)],
  ['lucene', 'a:1 OR a:2 OR a:3 OR a:4 OR a:5 OR a:6'],
])('refuses, as %s, %s', (parser, q) => {
  expect(() => parseSearch(q, parser)).toThrow('Query validation error')
})
