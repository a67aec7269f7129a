import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createAskedFor, createClientAddress } from './client-address.ts'

/** Answers the address that a request over a socket of `remote` is counted under. */
async function seen(remote: string, forwarded: string | undefined, trusted: string[]) {
  const clientAddress = createClientAddress(trusted)
  const app = new Hono().get('/', (c) => c.text(clientAddress(c)))
  const env = { incoming: { socket: { remoteAddress: remote, remotePort: 1, remoteFamily: 'IPv4' } } }
  const response = await app.request('/', forwarded ? { headers: { 'x-forwarded-for': forwarded } } : {}, env)
  return response.text()
}

describe('the address of a caller', () => {
  it.each([
    ['is the socket’s', '198.51.100.1', '203.0.113.9', [], '198.51.100.1'],
    [
      'is the socket’s when another network is trusted',
      '198.51.100.1',
      '203.0.113.9',
      ['10.0.0.0/8'],
      '198.51.100.1',
    ],
    ['is what a trusted balancer tells', '10.0.0.2', '203.0.113.9', ['10.0.0.0/8'], '203.0.113.9'],
    [
      'skips what the caller wrote before it',
      '10.0.0.2',
      '1.1.1.1, 203.0.113.9',
      ['10.0.0.0/8'],
      '203.0.113.9',
    ],
    ['skips further trusted balancers', '10.0.0.2', '203.0.113.9, 10.0.0.3', ['10.0.0.0/8'], '203.0.113.9'],
    ['is the balancer’s when the header is nonsense', '10.0.0.2', '<script>', ['10.0.0.0/8'], '10.0.0.2'],
    ['is the balancer’s without the header', '10.0.0.2', undefined, ['10.0.0.0/8'], '10.0.0.2'],
    ['is the nearest of several', '10.0.0.2', '203.0.113.8,203.0.113.9', ['10.0.0.0/8'], '203.0.113.9'],
    ['skips nonsense', '10.0.0.2', '203.0.113.9, unknown, ', ['10.0.0.0/8'], '203.0.113.9'],
    ['is the balancer’s when all are trusted', '10.0.0.2', '10.0.0.3', ['10.0.0.0/8'], '10.0.0.2'],
    [
      'may be behind any of several networks',
      'fd00::2',
      '203.0.113.9, 10.0.0.3',
      ['10.0.0.0/8', 'fd00::/8'],
      '203.0.113.9',
    ],
    ['is IPv6 too', 'fd00::2', '2001:db8::9', ['fd00::/8'], '2001:db8::9'],
    ['is the socket’s when that is not an address', 'unix', '203.0.113.9', ['10.0.0.0/8'], 'unix'],
    ['sees through mapped addresses', '::ffff:10.0.0.2', '203.0.113.9', ['10.0.0.0/8'], '203.0.113.9'],
  ])('%s', async (_title, remote, forwarded, trusted, expected) => {
    expect(await seen(remote, forwarded, trusted)).toBe(expected)
  })

  it('is none for a request that is made in memory', async () => {
    const clientAddress = createClientAddress(['10.0.0.0/8'])
    const app = new Hono().get('/', (c) => c.text(clientAddress(c)))
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    for (const env of [undefined, {}])
      expect(await (await app.request('/', { headers }, env)).text()).toBe('in-memory')
  })
})

describe('what a visitor asked a web server for', () => {
  const told = {
    'x-forwarded-method': 'POST',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'api.acme.example',
    'x-forwarded-uri': '/orders?ids=1,2',
  }
  const own = 'GET http://localhost/verify'
  it.each([
    ['is what a trusted web server tells', '10.0.0.2', {}, 'POST https://api.acme.example/orders?ids=1,2'],
    ['is the request’s own when anybody else tells it', '198.51.100.1', {}, own],
    ['is the request’s own when a part is missing', '10.0.0.2', { 'x-forwarded-host': '' }, own],
    ['is the request’s own when a part is double', '10.0.0.2', { 'x-forwarded-uri': '/a, /b' }, own],
  ])('%s', async (_title, remoteAddress, changed, expected) => {
    const askedFor = createAskedFor(['10.0.0.0/8'])
    const app = new Hono().get('/verify', (c) => c.text(Object.values(askedFor(c)).join(' ')))
    const env = { incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } } }
    const response = await app.request('/verify', { headers: { ...told, ...changed } }, env)
    expect(await response.text()).toBe(expected)
  })
})
