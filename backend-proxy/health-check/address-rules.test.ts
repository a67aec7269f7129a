import { describe, expect, it } from 'vitest'
import {
  covers,
  dangers,
  dangersOf,
  isLoopbackAddress,
  nearMiss,
  notCovered,
  withoutQuery,
} from './address-rules.ts'

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
    ['http://*.a.example', 'http://shop.a.example', true],
    ['https://*-pr.a.example:8443/callback?x=1', 'https://7-pr.a.example:8443/callback?x=1', true],
    ['https://*.a.example#x', 'https://shop.a.example#x', true],
    ['https://*.a.example:x', 'https://shop.a.example:x', false],
    ['https://*.a.example:', 'https://shop.a.example:', false],
    ['x-https://*.a.example', 'x-https://shop.a.example', false],
    ['ftp://*.a.example', 'ftp://shop.a.example', false],
    ['https://*.a.example/*', 'https://shop.a.example/x', false],
    ['https://*.a.example/?*', 'https://shop.a.example/?x', false],
    ['https://*.a..example', 'https://shop.a..example', false],
    ['https://*.a.example', 'https://shop.a.example.evil.test', false],
    ...['evil.test?', 'evil?', 'evil#', 'evil@', 'evil:1', 'evil\\', 'evil/', ' evil', 'evil '].map(
      (label): [string, string, boolean] => ['https://*.a.example', `https://${label}.a.example`, false],
    ),
    ['https://*.a.example/callback', 'https://shop.a.example/other', false],
    ['https://*.a.example/callback', 'http://shop.a.example/callback', false],
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

  it.each([
    ['https://a.example/callback', 'https://a.example//callback'],
    ['https://a.example/callback', 'https://a.example/call/back'],
    ['https://a.example:8443/callback', 'https://b.example:9443/callback'],
    ['https://a.example/x:8443', 'https://a.example/x:9443'],
    ['https://a.example/http:', 'https://a.example/https:'],
    ['https://www.a.example', 'https://www.b.example'],
  ])('%s is not called close to %s', (address, entry) => {
    expect(nearMiss(address, [entry])).toBe('')
  })

  it('is looked for once, where no entry covers it', () => {
    const entries = ['https://*.a.example/x', 'https://b.example/x']
    const wanted = [
      'https://b.example/x',
      'https://c.example/x',
      'https://c.example/x',
      'https://s.a.example/x',
    ]
    expect(notCovered(wanted, entries)).toEqual(['https://c.example/x'])
    expect(notCovered(wanted.slice(0, 1), [])).toEqual(['https://b.example/x'])
  })

  it('is not called close when nothing but the scheme agrees', () => {
    expect(nearMiss('https://a.example/callback', ['https://b.example/callback'])).toBe('')
  })

  it('is compared after logout without query and hash', () => {
    for (const rest of ['?x=1#y', '#y?x', '?', '#', '?x\ny', ''])
      expect(withoutQuery(`https://a.example/out${rest}`)).toBe('https://a.example/out')
  })
})

describe('in production, an address', () => {
  const has = (address: string) => dangersOf(address, { environment: 'production', domain: 't.auth0.com' })

  it.each([
    ['https://shop.example/callback?x=a@b', []],
    ['https://shop.example/@me', []],
    ['https://shop.example/x//y@z', []],
    ['https://shop.example:8443/', []],
    ['https://shop.example?next=http://x', []],
    ['http://shop.example/', ['http']],
    ['HTTP://shop.example/', ['http']],
    ['https://user@shop.example/', ['user']],
    ['https:\\\\user@shop.example/', ['user']],
    ['https://*.shop.example/', ['wildcard']],
    ['https://shop.example/#', ['fragment']],
    ['http://user@*.shop.example/#', ['wildcard', 'fragment', 'user', 'http']],
    ['http://localhost/', ['loopback']],
    ['no address', []],
  ])('%s has %j against it', (address, expected) => {
    expect(has(address)).toEqual(expected)
  })

  it.each(['editor', 'preview', 'staging'] as const)('has nothing against it in %s', (environment) => {
    expect(dangersOf('http://user@*.localhost/#', { environment, domain: 't.auth0.com' })).toEqual([])
  })
})

it.each([
  ['http://localhost', true],
  ['http://shop.localhost', true],
  ['http://localhost.localdomain', true],
  ['http://shop.localhost.localdomain', true],
  ['http://localhost...', true],
  ['http://127.0.0.1', true],
  ['http://127.9.9.9', true],
  ['http://[::1]', true],
  ['http://[::ffff:127.0.0.1]', true],
  ['http://0.0.0.0', true],
  ['http://[::]', true],
  ['http://notlocalhost', false],
  ['http://localhost.example', false],
  ['http://localhost.localdomain.example', false],
  ['http://shop.localdomain', false],
  ['http://128.0.0.1', false],
  ['http://10.0.0.1', false],
  ['http://[2606:2800::1]', false],
  ['localhost', false],
  ['', false],
])('%s names this machine: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected)
})

it('every danger is told in words', () => {
  for (const { says, why } of Object.values(dangers)) {
    expect(says).toMatch(/^(has|is) .{5}/)
    expect(why).toMatch(/^[A-Z].{20,}\.$/)
  }
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
