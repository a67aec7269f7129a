import { isIP } from 'node:net'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { afterAll, beforeAll, expect } from 'vitest'
import { isLoopback, tenantUrl, toDomain } from '../../contract/index.ts'
import { isPublicAddress } from '../../backend-proxy/tenant/address-guard.ts'
import { isTenantHost, toCustomDomain, toTenantDomain } from '../../backend-proxy/tenant/domain-rule.ts'
import { refusedDomains } from '../../backend-proxy/testing/refused-domains.ts'
import { at, createTestProxy, entered, type TestProxy } from '../../backend-proxy/testing/test-proxy.ts'
import { attack } from './runs.ts'

const localTenants = new Set(['localhost:4700', 'tenant.localhost:4710'])
const rule = { suffixes: ['login.acme.example'], localTenants }

const label = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/),
  fc.constantFrom(
    'auth0',
    'eu',
    'localhost',
    'evil',
    'test',
    'acme',
    'login',
    'xn--',
    'xn--a',
    'xn--80ak6aa92e',
    '-',
  ),
  fc.constantFrom('127', '0', '1', '0x7f', '0x1', '0177', '2130706433', '0x7f000001', '0x', '1e1', '000'),
)
const ending = fc.constantFrom('.auth0.com', '.login.acme.example', 'auth0.com', '.com', '.localhost', '')
const name = fc
  .tuple(fc.array(label, { maxLength: 5 }), ending)
  .map(([labels, end]) => labels.join('.') + end)

/** What bends an address: separators, look-alikes, controls, and their encodings. */
const bent = fc.oneof(
  fc.constantFrom(
    '@',
    ':',
    '/',
    '\\',
    '?',
    '#',
    '.',
    '..',
    ' ',
    '\t',
    '\r\n',
    '\0',
    '%',
    '%2e',
    '%00',
    '%0d%0a',
    '[',
    ']',
    '_',
  ),
  fc.constantFrom(
    '\u3002',
    '\uff0e',
    '\u200b',
    '\u00ad',
    '\u212a',
    '\u0130',
    '\u017f',
    '\uff11',
    '\u0430',
    '\u2044',
    '\u202e',
  ),
  fc.constantFrom(
    'http://',
    'https://',
    'HTTPS://',
    'javascript:',
    ':443',
    ':0',
    ':99999',
    'user:pass@',
    '[::1]',
    '::ffff:7f00:1',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
)
const pasted = fc
  .array(fc.oneof({ weight: 3, arbitrary: name }, { weight: 2, arbitrary: bent }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''))
const hostile = fc.oneof(pasted, name, fc.constantFrom(...refusedDomains), fc.webUrl({ withFragments: true }))

/** The host that a browser or `fetch` makes of `https://${domain}`. */
const hostOf = (domain: string): string | undefined =>
  URL.canParse(`https://${domain}/`) ? new URL(`https://${domain}/`).host : undefined

function expectPublicName(domain: string) {
  expect(hostOf(domain)).toBe(domain)
  expect(isIP(domain)).toBe(0)
  expect(domain).not.toMatch(/^localhost$|\.localhost$/)
  expect(toDomain(domain)).toBe(domain)
}

attack(
  'what becomes a domain is the public name that a browser makes of it',
  fc.property(hostile, (text) => {
    const domain = toDomain(text)
    if (domain !== undefined) expectPublicName(domain)
  }),
)

attack(
  'a pasted address of a tenant becomes its domain',
  fc.property(
    fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,20}$/),
    fc.constantFrom('', 'https://', 'HTTPS://', ' \thttps://'),
    fc.constantFrom('', '/', '/ ', '\t'),
    (tenant, before, after) => {
      expect(toTenantDomain(`${before}${tenant}.EU.auth0.com${after}`, rule)).toBe(
        `${tenant.toLowerCase()}.eu.auth0.com`,
      )
    },
  ),
)

attack(
  'what counts as this machine is an address of this machine',
  fc.property(
    fc.oneof(
      hostile,
      name.map((text) => `${text}:80`),
    ),
    (text) => {
      if (!isLoopback(text)) return
      const { hostname, origin } = new URL(tenantUrl(text))
      expect(hostname).toMatch(/^(127\.0\.0\.1|localhost|[a-z0-9-]+\.localhost)$/)
      expect(origin).toMatch(/^http:/)
    },
  ),
)

attack(
  'a secret goes to Auth0, to the operator’s suffixes and to local tenants',
  fc.property(hostile, (text) => {
    if (!isTenantHost(text, rule) || localTenants.has(text)) return
    expectPublicName(text)
    expect(text).toMatch(/\.auth0\.com$|(^|\.)login\.acme\.example$/)
  }),
)

attack(
  'every other domain is refused in words, as a tenant and as a custom domain',
  fc.property(hostile, fc.constantFrom(toTenantDomain, toCustomDomain), (text, toSaved) => {
    try {
      const saved = toSaved(text, rule)
      if (!localTenants.has(saved)) expectPublicName(saved)
    } catch (error) {
      expect(error).toMatchObject({ code: 'proxy/invalid-input' })
    }
  }),
)

/** An IPv4 address of a private range, in every notation that an IPv6 address has for it. */
const embedded = fc
  .tuple(
    fc.constantFrom(
      '10.0.0.0/8',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '100.64.0.0/10',
    ),
    fc.nat(0xffff),
    fc.constantFrom('', '::ffff:', '::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', '2002:', '2001:0:1:2:3:4:'),
  )
  .map(([range, rest, prefix]) => {
    const [network] = ipaddr.IPv4.parseCIDR(range)
    const [a = 0, b = 0] = network.toByteArray()
    const bytes = [a, b, rest >> 8, rest & 255]
    if (!prefix) return bytes.join('.')
    // Teredo (2001:0::/32) writes the address inverted.
    const [high, low] = [0, 2].map((at) => {
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
      return (prefix.startsWith('2001') ? pair ^ 0xffff : pair).toString(16)
    })
    return prefix === '2002:' ? `2002:${high}:${low}::1` : `${prefix}${high}:${low}`
  })

attack(
  'a private address is none of the public internet in any notation',
  fc.property(embedded, (address) => {
    expect(isIP(address)).not.toBe(0)
    expect(isPublicAddress(address)).toBe(false)
  }),
)

attack(
  'a DNS answer that is not an address is not public either',
  fc.property(fc.oneof(fc.string(), hostile), (address) => {
    if (!isIP(address)) expect(isPublicAddress(address)).toBe(false)
  }),
)

let proxy: TestProxy
beforeAll(async () => {
  proxy = await createTestProxy({ rateLimit: 1e9 })
})
afterAll(() => proxy.close())

attack(
  'the proxy refuses a hostile domain before it looks anything up',
  fc.asyncProperty(hostile, fc.constantFrom('domain', 'customDomain'), async (text, field) => {
    proxy.lookups.length = 0
    const body = entered('t.eu.auth0.com', { [field]: text })
    const isAllowed =
      field === 'domain' ? /\.auth0\.com\/?\s*$/i.test(text) : text === '' || toDomain(text) !== undefined
    if (isAllowed) return
    const answer = await proxy.call('PUT', at(), body)
    expect(answer.status).toBe(422)
    expect(proxy.lookups).toEqual([])
  }),
)
