import { describe, expect, it } from 'vitest'
import { publicSettings } from './settings.ts'

const accepts = (origins: object) => publicSettings.safeParse({ connections: {}, origins }).success

describe('the map of origins', () => {
  it.each([
    'https://www.acme.example',
    'http://localhost:4404',
    'https://[::1]:8443',
    'https://xn--bcher-kva.example',
  ])('takes %s', (origin) => expect(accepts({ [origin]: 'preview' })).toBe(true))

  it.each([
    'www.acme.example',
    'https://acme.example/',
    'https://acme.example/shop',
    'https://acme.example:443',
    'https://ACME.example',
    'https://ada@acme.example',
    'https://*.acme.example',
    'https://bücher.example',
    'javascript://acme.example',
    'file://',
    'null',
    '',
    'toString',
    `https://${'a'.repeat(300)}.example`,
  ])('refuses “%s”, which no browser calls the origin of a site', (origin) =>
    expect(accepts({ [origin]: 'preview' })).toBe(false),
  )

  it('refuses an environment that there is not, and more than fifty origins', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`https://s${at}.acme.example`, 'staging']))
    expect(accepts({ 'https://acme.example': 'test' })).toBe(false)
    expect(accepts(many(50))).toBe(true)
    expect(accepts(many(51))).toBe(false)
  })
})
