import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoTenant, type DemoTenant } from './testing/demo-tenant.ts'

let tenant: DemoTenant
let login: string
beforeAll(async () => {
  tenant = await startDemoTenant()
  login = `/authorize?${new URLSearchParams({
    client_id: tenant.clientId,
    response_type: 'code',
    redirect_uri: 'http://localhost:3999/callback',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString()}`
})
afterAll(() => tenant.close())

const json = 'application/json'
const torn = 'multipart/form-data; boundary=x'
const ask = (method: string, path: string, body?: string, type = json) =>
  fetch(tenant.url + path, {
    method,
    redirect: 'manual',
    ...(body !== undefined && { body, headers: { 'content-type': type } }),
  })

const posts = [
  '/oauth/token',
  '/oauth/revoke',
  '/dbconnections/change_password',
  '/u/login?state=x',
  '/u/reset-password?ticket=x',
]
const bodies: [body: string, type: string][] = [
  ['', json],
  ['{bad', json],
  ['null', json],
  ['[1]', json],
  ['{"grant_type":{},"email":{},"connection":[]}', json],
  ['--x', torn],
  ['grant_type=constructor&grant_type=x&client_id=%ff&password=%', 'application/x-www-form-urlencoded'],
]

test.each(posts)('answers 4xx to every malformed body at %s', async (path) => {
  for (const [body, type] of bodies) {
    const { status } = await ask('POST', path, body, type)
    expect([body, type, Math.floor(status / 100)]).toEqual([body, type, 4])
  }
})

test.each([
  ['PUT', '/authorize'],
  ['DELETE', '/oauth/token'],
  ['GET', '/%E0%A4%A'],
  ['GET', '/authorize?client_id=%E0%A4%A&x=%'],
  ['GET', '/u/login?state=%ff'],
  ['GET', '/v2/logout?returnTo=%ff%'],
  ['GET', '/userinfo'],
])('answers 4xx to %s %s', async (method, path) => {
  expect(Math.floor((await ask(method, path)).status / 100)).toBe(4)
})

test.each(['redirect_uri=https://elsewhere.example/', 'client_id=nobody', 'response_mode=web_message'])(
  'sends nothing to the callback when %s is given a second time',
  async (again) => {
    const response = await ask('GET', `${login}&response_mode=query&${again}`)
    expect(response.headers.get('location') ?? '').not.toContain('elsewhere')
    expect(response.status).toBeLessThan(500)
  },
)

test.each([
  'prompt=none%20login',
  'max_age=-1',
  'response_mode=bogus',
  'organization=%00',
  'response_type=token',
])('returns an error to the application for %s', async (wrong) => {
  const response = await ask('GET', `${login.replace(`&${wrong.split('=')[0]}=code`, '')}&${wrong}`)
  expect(response.headers.get('location')).toMatch(/callback[?#]error=/)
})

test.each(['%0d%0aset-cookie:a=b', '%00', '%C3%BC', '%20'])(
  'goes to an allowed logout URL with %s in its query, percent-encoded',
  async (query) => {
    const target = 'http://localhost:3999/logged-out?'
    const response = await ask('GET', `/v2/logout?client_id=${tenant.clientId}&returnTo=${target}${query}`)
    expect(response.headers.get('location')?.toLowerCase()).toBe(target + query.toLowerCase())
    expect(response.headers.get('set-cookie') ?? '').not.toContain('a=b')
  },
)

test.each(['/oauth/TOKEN', '/oauth/token/', '/authorize/'])('has nothing at %s', async (path) => {
  expect((await ask('POST', path, '{}')).status).toBe(404)
})

test('answers in the Management API’s own words where it has nothing', async () => {
  expect((await ask('POST', '/api/v2/nothing', '{}')).status).toBe(401)
  const response = await fetch(`${tenant.url}/api/v2/nothing`, {
    headers: { authorization: `Bearer ${await tenant.managementToken()}` },
  })
  expect([response.status, await response.json()]).toEqual([
    404,
    { statusCode: 404, error: 'Not Found', message: 'Not Found' },
  ])
})

test('refuses levers that are not JSON', async () => {
  for (const path of ['/clock', '/faults', '/deny-next-login']) {
    expect((await ask('POST', `/control${path}`, '{bad')).status).toBe(422)
  }
})

test('refuses a body of more than a megabyte', async () => {
  expect((await ask('POST', '/oauth/token', 'x'.repeat(1_048_577))).status).toBe(413)
})

test('refuses a target that is not a URL', async () => {
  const { port, host } = new URL(tenant.url)
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`GET // HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    )
    socket.once('data', (chunk) => resolve(chunk.toString()))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed without an answer')))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
})
