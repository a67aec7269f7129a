import { expect, it } from 'vitest'
import { setTranslation, splitLanguage, translated } from './languages.ts'

it('finds the language that a path starts with', () => {
  expect(splitLanguage('/fr/prices', ['en', 'fr'])).toEqual({ language: 'fr', path: '/prices' })
  expect(splitLanguage('/fr', ['en', 'fr'])).toEqual({ language: 'fr', path: '/' })
  expect(splitLanguage('/en/prices', ['en', 'fr'])).toEqual({ language: 'en', path: '/en/prices' })
  expect(splitLanguage('/prices', ['en', 'fr'])).toEqual({ language: 'en', path: '/prices' })
})

it('writes, reads and takes away a translation', () => {
  const block: Parameters<typeof setTranslation>[0] = {}
  setTranslation(block, 'fr', 'text', 'Bonjour')
  setTranslation(block, 'de', 'text', 'Hallo')
  expect(translated(block, 'fr', 'text')).toBe('Bonjour')
  setTranslation(block, 'fr', 'text', '')
  expect(block.translations).toEqual({ de: { text: 'Hallo' } })
  expect(translated(block, 'fr', 'text')).toBeUndefined()
})
