import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectControl } from '../index.ts'
import { ada, cleo, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { createRawClient } from '../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant()
})
afterAll(() => tenant.close())

const visit = () => createRawClient(tenant, { clientId: tenant.clientId, callback })

test.each([
  ['a longer path', `${callback}/deeper`],
  ['a path that climbs back', 'http://localhost:3999/x/../callback'],
  ['another port', 'http://localhost:3998/callback'],
  ['another case', 'http://localhost:3999/Callback'],
  ['a trailing slash', `${callback}/`],
  ['another scheme', 'https://localhost:3999/callback'],
])('shows the error page and does not redirect for %s of the callback', async (_, redirect_uri) => {
  const response = await visit().authorize({ redirect_uri })
  expect(response.status).toBe(403)
  expect(response.headers.get('location')).toBeNull()
  expect(await response.text()).toContain('is not in the list of allowed callback URLs')
})

test('redirects to no foreign URL by way of a trailing slash in the path', async () => {
  const query = new URLSearchParams({
    client_id: tenant.clientId,
    response_type: 'code',
    redirect_uri: 'https://elsewhere.example/',
    prompt: 'none',
  })
  const response = await fetch(`${tenant.url}/authorize/?${query.toString()}`, { redirect: 'manual' })
  expect(response.headers.get('location')).toBeNull()
})

test('names the callback and the reason on the error page, as text', async () => {
  const response = await visit().authorize({ redirect_uri: 'http://localhost:3999/<b>x</b>' })
  const page = await response.text()
  expect(page).toContain('Callback URL mismatch. http://localhost:3999/&lt;b&gt;x&lt;/b&gt;')
  expect(page).not.toContain('<b>x</b>')
})

test('shows the error page for an application it does not know', async () => {
  const response = await visit().authorize({ client_id: 'nobody' })
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('Unknown client: nobody'),
  ])
})

test('shows the error page for a web message to an origin that is not registered', async () => {
  const other = await startDemoTenant({
    change: (seed) => {
      for (const client of seed.clients) client.web_origins = ['http://localhost:1']
    },
  })
  const client = createRawClient(other, { clientId: other.clientId, callback })
  const response = await client.authorize({ response_mode: 'web_message', prompt: 'none' })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('does not have a registered origin.')
  await other.close()
})

test('posts a web message and leaves closing the window to the application, which may not have read it yet', async () => {
  const response = await visit().authorize({ response_mode: 'web_message', prompt: 'none' })
  const page = await response.text()
  expect(page).toContain('postMessage(')
  expect(page).not.toContain('close(')
})

test.each([
  ['missing', { code_challenge: undefined, code_challenge_method: undefined }],
  ['plain', { code_challenge_method: 'plain' }],
])('returns invalid_request when the code challenge of a public application is %s', async (_, params) => {
  const client = visit()
  expect(client.returned(await client.authorize(params)).error).toBe('invalid_request')
})

test('answers login_required to a silent request without a session', async () => {
  const client = visit()
  const answer = client.returned(await client.authorize({ prompt: 'none', state: 'abc' }))
  expect(answer).toMatchObject({ error: 'login_required', error_description: 'Login required', state: 'abc' })
})

test('refuses an API it does not know', async () => {
  const client = visit()
  const answer = client.returned(await client.authorize({ audience: 'https://nowhere.example' }))
  expect(answer).toMatchObject({
    error: 'access_denied',
    error_description: 'Service not found: https://nowhere.example',
  })
})

test('returns unauthorized for a blocked user', async () => {
  expect(await visit().login(cleo)).toMatchObject({
    error: 'unauthorized',
    error_description: 'user is blocked',
  })
})

test('asks for the password again with prompt=login and with a max_age that has passed', async () => {
  const client = visit()
  await client.login(ada)
  expect(client.returned(await client.authorize()).code).toBeTruthy()
  expect((await client.authorize({ prompt: 'login' })).url).toContain('/u/login')

  const control = connectControl(tenant.url)
  await control.shiftClock(120)
  expect((await client.authorize({ max_age: '60' })).url).toContain('/u/login')
  expect(client.returned(await client.authorize({ max_age: '600' })).code).toBeTruthy()
  await control.shiftClock(0)
})

test('passes prompt=consent and prompt=select_account over', async () => {
  const client = visit()
  await client.login(ada)
  for (const prompt of ['consent', 'select_account']) {
    expect(client.returned(await client.authorize({ prompt })).code).toBeTruthy()
  }
})

test('fills the address in from login_hint and speaks the language of ui_locales', async () => {
  const page = await (await visit().authorize({ login_hint: 'ada@acme.example', ui_locales: 'pt de' })).text()
  expect(page).toContain('value="ada@acme.example"')
  expect(page).toContain('<html lang="de">')
  expect(page).toContain('Willkommen')
})

test('refuses a connection that the application does not have', async () => {
  const client = visit()
  expect(client.returned(await client.authorize({ connection: 'github' })).error).toBe('invalid_request')
})

test('asks before returning to a loopback callback without a login, and answers silent requests with an error', async () => {
  const control = connectControl(tenant.url)
  const client = visit()
  await client.login(ada)
  await control.changeTenant({ skip_non_verifiable_callback_uri_confirmation_prompt: false })
  const page = await client.authorize()
  expect(page.url).toContain('/u/confirmation')
  expect(client.returned(await client.authorize({ prompt: 'none' })).error).toBe('interaction_required')
  expect(client.returned(await client.submit(page, { answer: 'accept' })).code).toBeTruthy()
  const second = await client.submit(await client.authorize(), { answer: 'decline' })
  expect(client.returned(second).error).toBe('access_denied')
  await control.changeTenant({ skip_non_verifiable_callback_uri_confirmation_prompt: true })
})

test('says that a login page has expired when its request is unknown', async () => {
  const response = await fetch(`${tenant.url}/u/login?state=nothing`)
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('has expired')])
})

test('lets no page of the login be framed', async () => {
  const response = await visit().authorize()
  expect(response.headers.get('x-frame-options')).toBe('deny')
})
