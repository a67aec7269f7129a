import { decodeJwt, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ada, ben, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { createRawClient } from '../testing/raw-client.ts'

const landing = 'http://localhost:3999/logged-out'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({
    change: (seed) => {
      seed.tenant = { ...seed.tenant, allowed_logout_urls: ['https://www.acme.example/bye'] }
      seed.clients.push({
        ...{ client_id: 'symmetric', name: 'With HS256', app_type: 'regular_web' },
        ...{ client_secret: 'a-secret-of-the-application', jwt_configuration: { alg: 'HS256' } },
        callbacks: ['http://localhost:3999/callback'],
      })
      seed.connections?.[0]?.enabled_clients?.push('symmetric')
      seed.clients.push({
        client_id: 'query',
        name: 'With a query in its list',
        allowed_logout_urls: ['https://www.acme.example/out?from=tenant'],
      })
    },
  })
})
afterAll(() => tenant.close())

const logout = (query: Record<string, string>) =>
  fetch(`${tenant.url}/v2/logout?${new URLSearchParams(query).toString()}`, { redirect: 'manual' })

test('checks the application’s list when client_id is given', async () => {
  const answer = await logout({ client_id: tenant.clientId, returnTo: `${landing}?a=1#b` })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `${landing}?a=1#b`])
  expect(
    (await logout({ client_id: tenant.clientId, returnTo: 'https://www.acme.example/bye' })).status,
  ).toBe(400)
})

test('checks the tenant’s list without client_id', async () => {
  expect((await logout({ returnTo: 'https://www.acme.example/bye' })).status).toBe(302)
  const refused = await logout({ returnTo: landing })
  expect(await refused.text()).toContain(
    `The &quot;returnTo&quot; querystring parameter &quot;${landing}&quot;`,
  )
})

test('goes to the first allowed URL without returnTo', async () => {
  expect((await logout({ client_id: tenant.clientId })).headers.get('location')).toBe(landing)
})

test('compares no query, neither that of returnTo nor that of the list', async () => {
  const listed = 'https://www.acme.example/out?from=tenant'
  const other = 'https://www.acme.example/out?from=elsewhere'
  expect((await logout({ client_id: 'query' })).headers.get('location')).toBe(listed)
  expect((await logout({ client_id: 'query', returnTo: listed })).headers.get('location')).toBe(listed)
  expect((await logout({ client_id: 'query', returnTo: other })).headers.get('location')).toBe(other)
})

test('mails a link that sets a new password, and says the same for an unknown address', async () => {
  const ask = (email: string) =>
    fetch(`${tenant.url}/dbconnections/change_password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3999' },
      body: JSON.stringify({
        client_id: tenant.clientId,
        email,
        connection: 'Username-Password-Authentication',
      }),
    })
  const known = await ask(ada.email)
  expect(known.headers.get('access-control-allow-origin')).toBe('http://localhost:3999')
  expect(await known.text()).toBe(await (await ask('nobody@acme.example')).text())

  const mails = (await (await fetch(`${tenant.url}/control/mails`)).json()) as { to: string; link: string }[]
  expect(mails.map(({ to }) => to)).toEqual([ada.email])
  const client = createRawClient(tenant, {
    clientId: tenant.clientId,
    callback: 'http://localhost:3999/callback',
  })
  const page = await fetch(mails[0]?.link ?? '')
  expect(await (await client.submit(page, { password: 'A-New-Password-9' })).text()).toContain(
    'Password changed',
  )
  expect((await fetch(mails[0]?.link ?? '')).status).toBe(400)
  expect((await client.login({ email: ada.email, password: 'A-New-Password-9' })).code).toBeTruthy()
})

describe('/oidc/logout', () => {
  const callback = 'http://localhost:3999/callback'
  const visitor = () => createRawClient(tenant, { clientId: tenant.clientId, callback })
  const isLoggedIn = async (client: ReturnType<typeof visitor>) =>
    client.returned(await client.authorize({ prompt: 'none' })).code !== undefined
  const leave = (client: ReturnType<typeof visitor>, query: Record<string, string>) =>
    client.get(`${tenant.url}/oidc/logout?${new URLSearchParams(query).toString()}`)

  test('is named in the discovery document, and ends the session of its ID token at once', async () => {
    const discovery = await fetch(`${tenant.url}/.well-known/openid-configuration`)
    expect(await discovery.json()).toMatchObject({ end_session_endpoint: `${tenant.url}/oidc/logout` })
    const client = visitor()
    const { body } = await client.obtain(ben)
    const query = { id_token_hint: body.id_token, post_logout_redirect_uri: landing, state: 'abc' }
    const answer = await leave(client, query)
    expect(answer.headers.get('location')).toBe(`${landing}?state=abc`)
    expect(await isLoggedIn(client)).toBe(false)
  })

  test('takes an ID token that is signed with the application’s secret, and none signed with another', async () => {
    const client = createRawClient(tenant, { clientId: 'symmetric', callback })
    const { code = '' } = await client.login(ben)
    const { body } = await client.exchange(code, { client_secret: 'a-secret-of-the-application' })
    const forged = await new SignJWT(decodeJwt(body.id_token))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('a-secret-of-somebody-else'))
    const leaveWith = (id_token_hint: string) =>
      client.get(`${tenant.url}/oidc/logout?${new URLSearchParams({ id_token_hint }).toString()}`)
    expect((await leaveWith(forged)).status).toBe(400)
    expect(await isLoggedIn(client)).toBe(true)
    expect((await leaveWith(body.id_token)).status).toBe(200)
    expect(await isLoggedIn(client)).toBe(false)
  })

  test('asks the visitor when no ID token says whose session it is', async () => {
    const client = visitor()
    await client.obtain(ben)
    const page = await leave(client, { client_id: tenant.clientId, post_logout_redirect_uri: landing })
    expect(await isLoggedIn(client)).toBe(true)
    const answer = await client.submit(page, {
      ...{ answer: 'accept', client_id: tenant.clientId, post_logout_redirect_uri: landing },
    })
    expect(answer.headers.get('location')).toBe(landing)
    expect(await isLoggedIn(client)).toBe(false)
  })

  test.each([
    ['a forged ID token', { id_token_hint: 'eyJhbGciOiJub25lIn0.e30.' }],
    ['a URL that is not allowed', { post_logout_redirect_uri: 'https://elsewhere.example/' }],
  ])('refuses %s', async (_, query) => {
    const client = visitor()
    await client.obtain(ben)
    expect((await leave(client, { client_id: tenant.clientId, ...query })).status).toBe(400)
    expect(await isLoggedIn(client)).toBe(true)
  })
})
