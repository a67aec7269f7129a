import { createServer, type IncomingMessage, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Session } from 'lowgate/plugin'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callApi as call, type ApiRequest } from './call-api.ts'

const session = {
  createFetcher: () => ({
    fetchWithAuth: (address: string, init: { headers: Headers }) => {
      init.headers.set('authorization', 'Bearer token-of-ada')
      return fetch(address, init)
    },
  }),
} as unknown as Session
let api: Server
let base: string
let last: IncomingMessage
const callApi = async (request: ApiRequest) => call(request, session, new Set([base, 'http://api.test']))

beforeAll(async () => {
  api = createServer((request, response) => {
    last = request
    if (request.url === '/text') return response.end('plain')
    const [, status] = /^\/status\/(\d+)$/.exec(request.url ?? '') ?? []
    if (status) return response.writeHead(Number(status)).end()
    response.end('{"items":[1]}')
  }).listen(0, '127.0.0.1')
  await once(api, 'listening')
  base = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
})
afterAll(() => api.close())

it('answers parsed JSON, and sends the visitor’s token when it is asked to', async () => {
  expect(await callApi({ url: `${base}/list`, withToken: true })).toEqual({ items: [1] })
  expect(last.headers.authorization).toBe('Bearer token-of-ada')
  expect(await callApi({ url: `${base}/text` })).toBe('plain')
  expect(last.headers.authorization).toBeUndefined()
})

it('sends parameters and headers, but never in place of the token', async () => {
  await callApi({
    url: `${base}/list?a=1`,
    query: { 'b&': 'c=d', none: '' },
    headers: { 'X-Shop': 'north', none: '' },
    withToken: true,
  })
  expect(last.url).toBe('/list?a=1&b%26=c%3Dd')
  expect(last.headers).toMatchObject({ 'x-shop': 'north', authorization: 'Bearer token-of-ada' })
  expect(last.headers).not.toHaveProperty('none')
  for (const [name, value] of [
    ['Authorization', 'mine'],
    ['X-Shop', 'a\r\nX-Role: admin'],
    ['Host', 'evil.test'],
  ] as const)
    await expect(
      callApi({ url: `${base}/list`, headers: { [name]: value }, withToken: true }),
    ).rejects.toMatchObject({ code: 'input/invalid', field: 'headers' })
})

it('sends JSON, in the type that a header names', async () => {
  await callApi({ url: `${base}/list`, method: 'POST', body: '{}' })
  expect(last.headers['content-type']).toBe('application/json')
  const headers = { 'Content-Type': 'application/vnd.api+json' }
  await callApi({ url: `${base}/list`, method: 'POST', body: '{}', headers })
  expect(last.headers['content-type']).toBe('application/vnd.api+json')
})

it.each([
  [401, 'host/api-unauthorized'],
  [403, 'host/api-forbidden'],
  [404, 'host/api-not-found'],
  [409, 'host/api-refused'],
  [429, 'host/api-refused'],
  [500, 'host/api-failed'],
  [503, 'host/api-failed'],
])('tells an API that answers %i apart as %s', async (status, code) => {
  await expect(callApi({ url: `${base}/status/${status}` })).rejects.toMatchObject({ code, status })
})

it('tells an API that gives no answer apart', async () => {
  await expect(callApi({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
    code: 'host/api-unreachable',
  })
})

it.each(['javascript:alert(1)', '/relative', 'file:///etc/passwd'])('refuses the address %s', async (url) => {
  await expect(callApi({ url })).rejects.toThrow('must start with https://')
})

it('keeps the token from going over the wire unencrypted', async () => {
  await expect(callApi({ url: 'http://api.test/', withToken: true })).rejects.toThrow(
    'only to addresses that start with https://',
  )
})

it('sends the token to no host that the builder did not write down', async () => {
  const elsewhere = base.replace('127.0.0.1', 'localhost')
  await expect(callApi({ url: `${elsewhere}/list`, withToken: true })).rejects.toThrow('wrote down')
  await expect(callApi({ url: `${base}@evil.test/`, withToken: true })).rejects.toThrow('wrote down')
})
