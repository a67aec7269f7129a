import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { createRawClient } from '../testing/raw-client.ts'

const landing = 'http://localhost:3999/logged-out'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({
    change: (seed) => {
      seed.tenant = { ...seed.tenant, allowed_logout_urls: ['https://www.acme.example/bye'] }
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
