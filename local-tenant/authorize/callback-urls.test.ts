import { expect, test } from 'vitest'
import { isAllowedUrl, isUnverifiable } from './callback-urls.ts'

test.each([
  ['https://a.acme.example/callback', true],
  ['https://a.b.acme.example/callback', false],
  ['https://acme.example/callback', false],
  ['https://evil.example/.acme.example/callback', false],
  ['https://a.acme.example/callback/deeper', false],
])('a star stands for one label of the host: %s', (url, allowed) => {
  expect(isAllowedUrl(url, ['https://*.acme.example/callback'])).toBe(allowed)
})

test.each([
  ['http://localhost:3000/callback', true],
  ['http://127.0.0.1/callback', true],
  ['http://[::1]:3000/callback', true],
  ['com.acme.app://callback', true],
  ['http://site.localhost:3000/callback', false],
  ['https://www.acme.example/callback', false],
])('any program on the machine could answer %s: %s', (url, unverifiable) => {
  expect(isUnverifiable(url)).toBe(unverifiable)
})
