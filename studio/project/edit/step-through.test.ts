import { expect, it } from 'vitest'
import { stepThrough } from './step-through.ts'

interface Entry {
  id: string
  lists?: Entry[][]
}

const tree = (): Entry[] => [{ id: 'a' }, { id: 'branch', lists: [[{ id: 'b' }], []] }, { id: 'c' }]

const show = (entries: Entry[]): string =>
  entries.map(({ id, lists }) => (lists ? `${id}(${lists.map(show).join('|')})` : id)).join(' ')

const listsOf = ({ lists }: Entry) => lists ?? []

function walk(id: string, direction: 'up' | 'down'): string[] {
  const root = tree()
  const seen: string[] = []
  while (stepThrough(root, id, listsOf, direction)) seen.push(show(root))
  return seen
}

it('moves down through every place of a branch to the end', () => {
  expect(walk('a', 'down')).toEqual([
    'branch(a b|) c',
    'branch(b a|) c',
    'branch(b|a) c',
    'branch(b|) a c',
    'branch(b|) c a',
  ])
})

it('moves up through every place of a branch to the start', () => {
  expect(walk('c', 'up')).toEqual([
    'a branch(b|c)',
    'a branch(b c|)',
    'a branch(c b|)',
    'a c branch(b|)',
    'c a branch(b|)',
  ])
})

it('does not move what is not there', () => {
  expect(stepThrough(tree(), 'x', listsOf, 'up')).toBe(false)
})
