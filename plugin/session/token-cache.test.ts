// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { createTokenCache } from './token-cache.ts'

beforeEach(() => localStorage.clear())

test('reads what was kept for the same environment, and nothing of another', () => {
  createTokenCache('preview').set('key', { a: 1 })
  expect(createTokenCache('preview').get('key')).toEqual({ a: 1 })
  expect(createTokenCache('production').get('key')).toBeUndefined()
  expect(createTokenCache('preview').allKeys()).toEqual(['key'])
  expect(createTokenCache('production').allKeys()).toEqual([])
})

test('a slow tab does not put back a refresh token that another tab has used', () => {
  const cache = createTokenCache('preview')
  const renewed = { body: { access_token: 'new', refresh_token: 'second' }, expiresAt: 2 }
  cache.set('key', renewed)
  cache.set('key', { body: { refresh_token: 'first' }, expiresAt: 1 })
  expect(cache.get('key')).toEqual(renewed)
})

test('counts what cannot be read as absent', () => {
  localStorage.setItem('lowgate:preview:key', '{broken')
  expect(createTokenCache('preview').get('key')).toBeUndefined()
})

test('names a storage that refuses', () => {
  vi.stubGlobal('localStorage', {
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
  })
  try {
    expect(() => createTokenCache('preview').set('key', {})).toThrow(
      expect.objectContaining({ code: 'auth/storage-unavailable' }),
    )
  } finally {
    vi.unstubAllGlobals()
  }
})
