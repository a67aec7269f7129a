import { describe, expect, it } from 'vitest'
import { isLowgateError } from 'lowgate/contract'
import { refusedDomains } from '../testing/refused-domains.ts'
import { isTenantHost, toCustomDomain, toTenantDomain } from './domain-rule.ts'

const rule = { suffixes: ['login.acme.example'], localTenants: new Set(['127.0.0.1:4701']) }

const refusal = (pasted: string) => {
  try {
    return toTenantDomain(pasted, rule)
  } catch (error) {
    return error
  }
}

describe('the rule for domains', () => {
  it.each([
    [' https://T.EU.Auth0.com/ ', 't.eu.auth0.com'],
    ['t.auth0.com', 't.auth0.com'],
    ['eu.login.acme.example', 'eu.login.acme.example'],
    ['login.acme.example', 'login.acme.example'],
    ['127.0.0.1:4701', '127.0.0.1:4701'],
  ])('takes %j as %s', (pasted, domain) => {
    expect(toTenantDomain(pasted, rule)).toBe(domain)
  })

  it.each(refusedDomains)('refuses %j and names the field', (pasted) => {
    const error = refusal(pasted)
    expect(isLowgateError(error, 'proxy/invalid-input') && error.field).toBe('domain')
  })

  it('says in words what is wrong', () => {
    expect(refusal('evil.test')).toMatchObject({
      fields: [{ message: expect.stringContaining('not an Auth0 domain') as string }],
    })
  })

  it.each(['T.auth0.com', 'https://t.auth0.com', 't.auth0.com/', 'auth0.com', 'evil-auth0.com'])(
    'lets no request reach %j',
    (host) => {
      expect(isTenantHost(host, rule)).toBe(false)
    },
  )

  it.each([
    [' https://Login.Shop.Example/ ', 'login.shop.example'],
    ['t.auth0.com', 't.auth0.com'],
    ['https://127.0.0.1:4701/', '127.0.0.1:4701'],
  ])('takes %j as the custom domain %s', (pasted, domain) => {
    expect(toCustomDomain(pasted, rule)).toBe(domain)
  })

  it.each([
    '',
    'localhost',
    '127.0.0.1:4702',
    '10.0.0.1',
    'login.shop.example:8443',
    'user@login.shop.example',
  ])('refuses %j as a custom domain and names the field', (pasted) => {
    expect(() => toCustomDomain(pasted, rule)).toThrow(
      expect.objectContaining({
        field: 'customDomain',
        fields: [{ field: 'customDomain', message: expect.stringContaining('not a domain name') as string }],
      }),
    )
  })

  it.each(['127.0.0.1:4702', '127.0.0.1', 'localhost:4701'])(
    'refuses %s, a local host that was not named',
    (host) => {
      expect(isLowgateError(refusal(host), 'proxy/invalid-input')).toBe(true)
    },
  )
})
