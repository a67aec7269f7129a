// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest'
import { toReturnUrl, toSafeAddress } from './addresses.ts'
import { toTransactionName } from './probe.ts'
import { returnAt } from './returns.ts'
import { keepTarget } from './storage.ts'

const url = (address: string) => new URL(address, location.origin)

test('without a landing, every visit to the two fixed addresses is a return', () => {
  const host = { basePath: '/shop/' }
  expect(returnAt(host, url('/shop/callback?code=1'))).toBe('login')
  expect(returnAt(host, url('/shop/logged-out'))).toBe('logout')
  expect(toReturnUrl(host, '/callback')).toBe(`${location.origin}/shop/callback`)
})

describe('on a landing that is a page', () => {
  const host = { basePath: '/shop/', landing: () => '/shop/fr/' }

  beforeEach(() => {
    sessionStorage.clear()
    sessionStorage.setItem(toTransactionName('app'), JSON.stringify({ state: 'mine' }))
  })

  test('both returns lead there, and so does home', () => {
    expect(toReturnUrl(host, '/callback')).toBe(`${location.origin}/shop/fr/`)
    expect(toSafeAddress('https://evil.test/', host)).toBe('/shop/fr/')
    expect(toSafeAddress('/shop/callback', host)).toBe('/shop/callback')
  })

  test('only the answer to the login of this tab and this application is a return', () => {
    expect(returnAt(host, url('/shop/fr/?code=1&state=mine'), 'app')).toBe('login')
    expect(returnAt(host, url('/shop/fr?error=access_denied&state=mine'), 'app')).toBe('login')
    expect(returnAt(host, url('/shop/fr/?code=1&state=theirs'), 'app')).toBeUndefined()
    expect(returnAt(host, url('/shop/fr/?code=1&state='), 'app')).toBeUndefined()
    expect(returnAt(host, url('/shop/fr/?code=1&state=mine'), 'another')).toBeUndefined()
  })

  test('it is the return from a logout only where one was started, with or without its last slash', () => {
    expect(returnAt(host, url('/shop/fr'), 'app')).toBeUndefined()
    keepTarget({}, 'after-logout', { address: '/shop/bye' })
    expect(returnAt(host, url('/shop/fr'), 'app')).toBe('logout')
    expect(returnAt(host, url('/shop/fr/orders'), 'app')).toBeUndefined()
  })
})
