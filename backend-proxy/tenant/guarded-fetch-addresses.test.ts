import { describe, expect, it } from 'vitest'
import { json } from '../testing/stub-tenant.ts'
import { codeOf, create, guarded, tenant, url, useGuardedFetch } from '../testing/use-guarded-fetch.ts'
import { isPublicAddress } from './address-guard.ts'
import type { UpstreamRequest } from './guarded-fetch.ts'

useGuardedFetch()

describe('the guarded fetch', () => {
  it.each([
    'https://evil.test/',
    'https://t.auth0.com:8443/',
    'http://t.auth0.com/',
    'https://user@t.auth0.com/',
    'https://127.0.0.1/',
    'https://127.0.0.1:1/',
  ])('does not go to %s', async (address) => {
    expect(await codeOf(guarded(address))).toBe('proxy/blocked-address')
  })

  describe('without a name of its own', () => {
    const lookedUp: string[] = []
    const anonymous = async (address: string, request: UpstreamRequest = {}) => {
      lookedUp.length = 0
      const resolve = (name: string) => {
        lookedUp.push(name)
        return Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
      }
      const anywhere = create({ resolve })
      const code = await codeOf(anywhere(address, { isAnonymous: true, ...request }))
      await anywhere.close()
      return code
    }

    it('looks for any public name', async () => {
      expect(await anonymous('https://shop.acme.example/page')).toBe('proxy/unreachable')
      expect(lookedUp).toEqual(['shop.acme.example'])
    })

    it.each([
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://[::1]/',
      'https://169.254.169.254/latest/meta-data/',
      'https://localhost/',
      'https://admin.localhost/',
      'https://intranet/',
      'https://shop.acme.example.:443/',
      'https://shop.acme.example:8443/',
      'https://user@shop.acme.example/',
      'http://shop.acme.example/',
    ])('does not go to %s', async (address) => {
      expect(await anonymous(address)).toBe('proxy/blocked-address')
      expect(lookedUp).toEqual([])
    })

    it('takes a body and headers to a tenant', async () => {
      tenant.on('/x', json({}))
      const request = { method: 'POST', body: 'b', headers: { 'x-note': 'n' }, isAnonymous: true }
      expect(await guarded(url, request)).toMatchObject({ status: 200 })
    })

    it('is what a request says, and not what it leaves open', async () => {
      expect(await anonymous('https://shop.acme.example/', { isAnonymous: false })).toBe(
        'proxy/blocked-address',
      )
      expect(lookedUp).toEqual([])
    })

    it.each<[string, UpstreamRequest]>([
      ['a body', { method: 'POST', body: 'secret' }],
      ['an empty body', { method: 'POST', body: '' }],
      ['a header', { headers: { authorization: 'Bearer secret' } }],
    ])('takes %s to nobody but a tenant', async (_what, request) => {
      expect(await anonymous('https://shop.acme.example/', request)).toBe('proxy/blocked-address')
      expect(lookedUp).toEqual([])
    })
  })

  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '::1',
    '::ffff:10.0.0.1',
    'fd00::1',
    '100.64.0.1',
    '0.0.0.0',
    '',
    'localhost',
    '2130706433',
    '0x7f.1',
    '127.0.0.1\0',
    '93.184.215.14.',
    '::ffff:7f00:1',
    '::7f00:1',
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::7f00:1',
    '64:ff9b:1:ffff::10.0.0.1',
    '2002:7f00:1::',
    '2002:a00:1::1',
    '2001:0:7f00:1::',
    '2001:0:4136:e378:8000:63bf:80ff:fffe',
    'fec0::1',
    'fe80::1%lo',
    'ff02::1',
    '100::1',
    '5f00::1',
    '2001:db8::1',
    '4000::1',
  ])('sends nothing when a public name leads to %s', async (address) => {
    const resolve = () =>
      Promise.resolve([
        { address: '93.184.215.14', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ])
    const inside = create({ resolve })
    expect(await codeOf(inside('https://t.auth0.com/'))).toBe('proxy/blocked-address')
    await inside.close()
  })

  it('takes addresses of the public internet', () => {
    for (const address of ['93.184.215.14', '::ffff:93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])
      expect(isPublicAddress(address)).toBe(true)
  })

  it.each([[[]], [[undefined]], [[{ address: null }]], [[{ address: '\0', family: 4 }]], [undefined], ['x']])(
    'outlives a look-up that answers %j',
    async (answer) => {
      const inside = create({ resolve: () => Promise.resolve(answer as never) })
      expect(await codeOf(inside('https://t.auth0.com/'))).toMatch(/^proxy\/(blocked-address|unreachable)$/)
      await inside.close()
    },
  )
})
