import { describe, expect, it } from 'vitest'
import { isLoopback, tenantUrl, tidyDomain, toDomain, toIssuer } from './domain.ts'

const ofThisMachine = [
  'localhost',
  'localhost:4700',
  'acme.localhost',
  'acme-1.localhost:65535',
  '127.0.0.1:80',
]

const ofOthers = [
  'localhost.evil.test',
  'localhost.evil.test:4700',
  'evil.test.localhost.evil.test',
  '127.0.0.1.evil.test',
  'evillocalhost',
  'evil.test/localhost',
  'evil.test#localhost',
  'evil.test\nlocalhost',
  'localhost\nevil.test',
  'localhost@evil.test',
  'evil@localhost',
  'localhost:4700@evil.test',
  'localhost:99999',
  'localhost:',
  'localhost/',
  'LOCALHOST',
  'a.b.localhost',
  '.localhost',
  '127a0b0c1',
  '127.0.0.10',
  '1127.0.0.1',
  '127.0.0.2',
  '0.0.0.0',
  '',
]

describe('this machine', () => {
  it.each(ofThisMachine)('is what %j names, so that it is spoken to over plain http', (domain) => {
    expect(isLoopback(domain)).toBe(true)
    expect(tenantUrl(domain)).toBe(`http://${domain}`)
    expect(toIssuer(domain)).toBe(`http://${domain}/`)
  })

  it.each(ofOthers)('is not what %j names, so that it is spoken to over https', (domain) => {
    expect(isLoopback(domain)).toBe(false)
    expect(tenantUrl(domain)).toBe(`https://${domain}`)
    expect(toIssuer(domain)).toBe(`https://${domain}/`)
  })
})

describe('a domain that was pasted', () => {
  it.each([
    ['t.eu.auth0.com', 't.eu.auth0.com'],
    [' \thttps://T.EU.Auth0.com/\t ', 't.eu.auth0.com'],
    ['HTTPS://t.auth0.com', 't.auth0.com'],
    ['localhost.evil.test', 'localhost.evil.test'],
    ['a-b.c0.test', 'a-b.c0.test'],
    [`${'a'.repeat(63)}.test`, `${'a'.repeat(63)}.test`],
  ])('%j is the domain %s', (pasted, domain) => {
    expect(toDomain(pasted)).toBe(domain)
  })

  it.each([
    ...[
      '',
      ' ',
      'auth0',
      '.auth0.com',
      'auth0.com.',
      't..auth0.com',
      '-t.auth0.com',
      't-.auth0.com',
      't_x.auth0.com',
    ],
    ...[
      'localhost',
      'acme.localhost',
      'localhost:4700',
      '127.0.0.1',
      '127.0.0.0x1',
      '2130706433',
      '[::1]',
      't.1',
    ],
    ...['http://t.auth0.com', 'https://https://t.auth0.com', 't.auth0.com//', 'javascript:alert(1)'],
    ...[
      't.auth0.com/login',
      't.auth0.com:443',
      't.auth0.com?x',
      't.auth0.com#x',
      't.auth0.com\\x',
      'u@t.auth0.com',
    ],
    ...[
      't.auth0.com\n',
      '\nt.auth0.com',
      't.auth0.com\r\nHost: evil.test',
      't.auth0.com\0',
      't .auth0.com',
      't%2eauth0.com',
    ],
    ...['t.\u0430uth0.com', '\u212a.auth0.com', 't.auth0\u3002com', '\u00a0t.auth0.com'],
    ...[`${'a'.repeat(64)}.test`, `${'a.'.repeat(126)}test`],
  ])('%j is none', (pasted) => {
    expect(toDomain(pasted)).toBeUndefined()
  })

  it('is tidied while it is typed in, and no further', () => {
    expect(tidyDomain(' https://T.auth0.com/login/ ')).toBe('t.auth0.com/login')
    expect(tidyDomain('acme')).toBe('acme')
  })
})
