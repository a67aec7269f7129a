import { expect, test } from 'vitest'
import { joinBasePath, stripBasePath } from './base-path.ts'

test.each([
  ['/', '/callback', '/callback'],
  ['/', '/', '/'],
  ['/shop/', '/callback', '/shop/callback'],
  ['/shop', '/callback', '/shop/callback'],
  ['/a/b/', '/?tab=1#top', '/a/b/?tab=1#top'],
])('under %s, the path %s is shown as %s', (basePath, path, address) => {
  expect(joinBasePath(basePath, path)).toBe(address)
  expect(stripBasePath(basePath, address)).toBe(path)
})

test.each(['/shopping/callback', '/sh', '/', '/abcd/callback'])(
  'leaves %s, which is not below /shop, as it is',
  (address) => {
    expect(stripBasePath('/shop', address)).toBe(address)
  },
)
