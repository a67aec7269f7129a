import { describe, expect, it } from 'vitest'
import { covers, dangersOf, nearMiss, withoutQuery } from './address-rules.ts'

describe('an entry of an application’s list', () => {
  it.each([
    ['https://a.example/callback', 'https://a.example/callback', true],
    ['https://a.example/callback', 'https://a.example/callback/', false],
    ['https://a.example/callback', 'https://a.example/Callback', false],
    ['https://*.a.example/callback', 'https://shop.a.example/callback', true],
    ['https://*.a.example/callback', 'https://x.shop.a.example/callback', false],
    ['https://*.a.example/callback', 'https://evil.test/.a.example/callback', false],
    ['https://*.a.example', 'https://shopxa.example', false],
    ['https://*.a.example', 'https://.a.example', false],
    ['https://aa*aa.example', 'https://aaa.example', false],
    ['https://pr-*.a.example', 'https://pr-7.a.example', true],
    ['https://*', 'https://shop', false],
    ['https://*.example', 'https://a.example', false],
    ['https://www.*.example', 'https://www.a.example', false],
    ['https://a.example/*', 'https://a.example/callback', false],
    ['http://localhost:*/callback', 'http://localhost:3000/callback', false],
    ['https://*.*.example', 'https://a.b.example', false],
  ])('%s covers %s: %s', (entry, address, expected) => {
    expect(covers(entry, address)).toBe(expected)
  })

  // Trying every way to place the stars would take years.
  it('with many stars is compared at once', { timeout: 30_000 }, () => {
    expect(covers(`https://${'*'.repeat(40)}!`, `https://${'a'.repeat(2_000)}`)).toBe(false)
  })

  it.each([
    ['https://a.example/callback/', 'the last slash'],
    ['http://a.example/callback', 'http instead of https'],
    ['https://a.example:8443/callback', 'the port'],
    ['https://A.example/Callback', 'capital letters'],
    ['https://www.a.example/callback', 'the leading www'],
  ])('%s is called close, and to differ in %s', (entry, difference) => {
    const miss = nearMiss('https://a.example/callback', ['https://b.example/', entry])
    expect(miss).toBe(` The list has ${entry}, which differs in ${difference}.`)
  })

  it('is not called close when nothing but the scheme agrees', () => {
    expect(nearMiss('https://a.example/callback', ['https://b.example/callback'])).toBe('')
  })

  it('is compared after logout without query and hash', () => {
    expect(withoutQuery('https://a.example/out?x=1#y')).toBe('https://a.example/out')
  })
})

describe('an address of this machine in production', () => {
  it.each([
    ['t.auth0.com', ['loopback']],
    ['localhost:4401', []],
    ['shop.localhost:4401', []],
  ])('at the tenant %s has %j against it', (domain, expected) => {
    for (const host of ['localhost:4405', 'shop.localhost:4405', '127.0.0.1:4405', '[::1]:4405'])
      expect(dangersOf(`http://${host}/callback`, { environment: 'production', domain })).toEqual(expected)
  })
})
