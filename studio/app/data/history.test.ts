import { expect, it } from 'vitest'
import { createHistory } from './history.ts'

it('undoes the letters of one word together, and other changes apart', () => {
  const history = createHistory()
  history.remember('', 'title')
  history.remember('a', 'title')
  history.remember('ab', 'other')
  expect(history.undo('abc')).toBe('ab')
  expect(history.undo('ab')).toBe('')
  expect(history.undo('')).toBeUndefined()
})

it('forgets what could be redone once something else changes', () => {
  const history = createHistory()
  history.remember('a', 'x')
  history.undo('b')
  expect(history.canRedo.value).toBe(true)
  history.remember('a', 'y')
  expect(history.canRedo.value).toBe(false)
})
