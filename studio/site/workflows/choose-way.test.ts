import { expect, it } from 'vitest'
import { chooseWay } from './choose-way.ts'

it.each([
  [{ value: 'x' }, 'then'],
  [{ value: '' }, 'otherwise'],
  [{ value: [] }, 'otherwise'],
  [{ value: false }, 'otherwise'],
  [{ value: undefined, test: 'empty' }, 'then'],
  [{ value: 3, test: 'equals', to: '3' }, 'then'],
  [{ value: 'auth/timeout', test: 'equals', to: 'auth/failed' }, 'otherwise'],
  [{ value: ['admin', 'staff'], test: 'contains', to: 'staff' }, 'then'],
  [{ value: ['administrator'], test: 'contains', to: 'admin' }, 'otherwise'],
  [{ value: 'read:orders', test: 'contains', to: 'orders' }, 'then'],
  [{ value: { toString: 'mine' }, test: 'equals', to: '{"toString":"mine"}' }, 'then'],
  [{ value: [{ toString: 'mine' }], test: 'contains', to: 'mine' }, 'otherwise'],
])('takes, for %o, the way “%s”', (input, way) => {
  expect(chooseWay(input)).toBe(way)
})
