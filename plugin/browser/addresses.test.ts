// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { toSafeAddress, toSitePath, toSiteUrl } from './addresses.ts'

const shop = { basePath: '/shop/' }

test('builds the fixed addresses under the base path', () => {
  expect(toSiteUrl({ basePath: '/' }, '/callback')).toBe(`${location.origin}/callback`)
  expect(toSiteUrl(shop, '/callback')).toBe(`${location.origin}/shop/callback`)
  expect(toSitePath(shop, { pathname: '/shop/orders' })).toBe('/orders')
})

describe('leads back to', () => {
  test.each(['/shop/', '/shop/orders/7?tab=lines#total', '/shop/a%2Fb'])('%s', (address) => {
    expect(toSafeAddress(address, shop)).toBe(address)
  })
})

describe('leads home instead of to', () => {
  test.each([
    'https://evil.test/shop/',
    'https://evil.test/shop/orders/7',
    '//evil.test/shop/',
    '/\\evil.test/shop/',
    '/.//evil.test',
    '/shop/../../evil',
    '/other/',
    '/shop',
    'javascript:alert(1)',
    '/shop/callback?code=1&state=2',
    '/shop/logged-out',
    'http://[',
    '',
    undefined,
    null,
    { toString: () => '/shop/x' },
  ])('%s', (address) => {
    expect(toSafeAddress(address, shop)).toBe('/shop/')
  })

  test('a neighbour whose name begins alike, for a base path without its last slash', () => {
    expect(toSafeAddress('/shopping', { basePath: '/shop' })).toBe('/shop/')
  })

  test('an address that starts with two slashes once it is resolved', () => {
    expect(toSafeAddress('/.//evil.test', { basePath: '/' })).toBe('/')
  })
})
