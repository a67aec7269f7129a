// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { safeAddress, sitePath, siteUrl } from './addresses.ts'

const shop = { basePath: '/shop/' }

test('builds the fixed addresses under the base path', () => {
  expect(siteUrl({ basePath: '/' }, '/callback')).toBe(`${location.origin}/callback`)
  expect(siteUrl(shop, '/callback')).toBe(`${location.origin}/shop/callback`)
  expect(sitePath(shop, { pathname: '/shop/orders' })).toBe('/orders')
})

describe('leads back to', () => {
  test.each(['/shop/', '/shop/orders/7?tab=lines#total', '/shop/a%2Fb'])('%s', (address) => {
    expect(safeAddress(address, shop)).toBe(address)
  })
})

describe('leads home instead of to', () => {
  test.each([
    'https://evil.test/shop/',
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
    expect(safeAddress(address, shop)).toBe('/shop/')
  })

  test('an address that starts with two slashes once it is resolved', () => {
    expect(safeAddress('/.//evil.test', { basePath: '/' })).toBe('/')
  })
})
