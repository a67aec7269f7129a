import { expect, test } from 'vitest'
import { isAllowedUrl, isCorsOrigin, isUnverifiable } from './callback-urls.ts'

test.each([
  ['https://a.acme.example/callback', true],
  ['https://a.b.acme.example/callback', false],
  ['https://acme.example/callback', false],
  ['https://evil.example/.acme.example/callback', false],
  ['https://a.acme.example/callback/deeper', false],
])('a star matches one label of the host: %s', (url, allowed) => {
  expect(isAllowedUrl(url, ['https://*.acme.example/callback'])).toBe(allowed)
})

test('a star may have letters beside it', () => {
  const allowed = ['https://pr-*-site.acme.example/callback']
  expect(isAllowedUrl('https://pr-7-site.acme.example/callback', allowed)).toBe(true)
  expect(isAllowedUrl('https://7-site.acme.example/callback', allowed)).toBe(false)
})

test.each([
  ['https://acme.example/*', 'https://acme.example/callback'],
  ['http://localhost:*/callback', 'http://localhost:3000/callback'],
  ['https://www.*.example/callback', 'https://www.acme.example/callback'],
  ['https://*.example/callback', 'https://acme.example/callback'],
  ['https://*.*.acme.example/callback', 'https://a.b.acme.example/callback'],
  ['com.*.acme.app://callback', 'com.one.acme.app://callback'],
])('the star of %s matches nothing', (entry, url) => {
  expect(isAllowedUrl(url, [entry])).toBe(false)
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

test('a callback with a scheme of its own lets no page without an origin read replies', () => {
  const client = { client_id: 'app', name: 'App', callbacks: ['com.acme.app://callback'] }
  expect(isCorsOrigin('null', client)).toBe(false)
  expect(isCorsOrigin('https://a.example', { ...client, callbacks: ['https://a.example/callback'] })).toBe(
    true,
  )
})
