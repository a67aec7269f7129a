import { expect, test } from 'vitest'
import { Table } from './table.ts'

const people = () =>
  new Table<{ name: string }>(({ name }) => name.toLowerCase())
    .set('1', { name: 'Ada' })
    .set('2', { name: 'Ben' })
    .set('3', { name: 'ADA' })

test('finds everything of one name, the first one first', () => {
  expect(people().named('ada')).toEqual({ name: 'Ada' })
  expect(people().allNamed('ada')).toEqual([{ name: 'Ada' }, { name: 'ADA' }])
  expect(people().named('cleo')).toBeUndefined()
})

test('finds a renamed thing under its new name only', () => {
  const table = people()
  const ben = table.get('2')
  if (ben) table.set('2', Object.assign(ben, { name: 'Benjamin' }))
  expect([table.named('ben'), table.named('benjamin')]).toEqual([undefined, ben])
})

test('does not find what was deleted', () => {
  const table = people()
  table.delete('2')
  expect(table.named('ben')).toBeUndefined()
})
