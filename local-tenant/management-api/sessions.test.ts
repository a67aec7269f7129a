import { expect, test } from 'vitest'
import { ada, ben } from '../testing/demo-tenant.ts'
import { failure, useManagementApi } from '../testing/management-sdk.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const { tenant, control, api } = await useManagementApi()

const visit = () =>
  createRawClient(tenant, { clientId: tenant.clientId, callback: 'http://localhost:3999/callback' })

async function loggedIn(user = ada) {
  const browser = visit()
  const { body } = await browser.obtain(user, { scope: 'openid profile email offline_access' })
  const { sub, sid } = claimsOf(body.id_token) as { sub: string; sid: string }
  const silently = async () => browser.returned(await browser.authorize({ prompt: 'none' }))
  const refresh = (refresh_token = body.refresh_token) =>
    browser.token({ grant_type: 'refresh_token', refresh_token })
  return { silently, refresh, sub, sid }
}

test('a session is told as the browser has it, and deleting it logs the browser out', async () => {
  const { sub, sid, silently, refresh } = await loggedIn()
  const { data } = await api.users.sessions.list(sub)
  expect(data).toMatchObject([
    { id: sid, user_id: sub, clients: [{ client_id: tenant.clientId }], cookie: { mode: 'persistent' } },
  ])
  expect((await silently()).code).toBeTruthy()
  await api.sessions.update(sid, { session_metadata: { till: '7' } })
  expect((await api.sessions.get(sid)).session_metadata).toEqual({ till: '7' })
  await api.sessions.delete(sid)
  expect((await silently()).error).toBe('login_required')
  expect((await refresh()).status).toBe(200)
  expect((await failure(api.sessions.get(sid))).statusCode).toBe(404)
})

test('revoking a session takes its refresh tokens along', async () => {
  const { sid, silently, refresh } = await loggedIn()
  await api.sessions.revoke(sid)
  expect((await silently()).error).toBe('login_required')
  expect((await refresh()).status).toBe(403)
})

test('refresh tokens are listed without their secret, one for a rotated family, and revoked one by one', async () => {
  const { sub, refresh } = await loggedIn(ben)
  const rotated = (await refresh()).body.refresh_token
  const { data } = await api.users.refreshToken.list(sub)
  expect(data).toMatchObject([{ user_id: sub, client_id: tenant.clientId, rotating: true }])
  expect(JSON.stringify(data)).not.toContain(rotated)
  await api.refreshTokens.delete(data[0]?.id ?? '')
  expect((await refresh(rotated)).status).toBe(403)
  expect((await api.users.refreshToken.list(sub)).data).toEqual([])
})

test('revoking access ends everything of a user', async () => {
  const { sub, silently, refresh } = await loggedIn(ben)
  await api.users.revokeAccess(sub)
  expect((await silently()).error).toBe('login_required')
  expect((await refresh()).status).toBe(403)
})

test('a new password ends the sessions', async () => {
  const { sub, silently } = await loggedIn(ben)
  await api.users.update(sub, { password: ben.password })
  expect((await silently()).error).toBe('login_required')
})

test('a ticket changes the password once, and proves the address', async () => {
  const { sub } = await loggedIn(ben)
  const { ticket } = await api.tickets.changePassword({ user_id: sub, mark_email_as_verified: true })
  expect(ticket).toContain(`${tenant.url}/u/reset-password?ticket=`)
  const post = () =>
    fetch(String(ticket), { method: 'POST', body: new URLSearchParams({ password: 'Fresh-Secret-9' }) })
  expect((await post()).status).toBe(200)
  expect((await post()).status).toBe(400)
  expect((await visit().login({ email: ben.email, password: 'Fresh-Secret-9' })).code).toBeTruthy()
  await api.users.update(sub, { password: ben.password })
})

test('a ticket expires', async () => {
  const { sub } = await loggedIn(ben)
  const { ticket } = await api.tickets.verifyEmail({ user_id: sub, ttl_sec: 60 })
  await control.shiftClock(61)
  expect((await fetch(String(ticket))).status).toBe(400)
  await control.shiftClock(0)
})

test('the log tells logins, tokens and writes, by page and by checkpoint', async () => {
  await loggedIn()
  await visit().login({ email: 'nobody@acme.example', password: 'x' })
  await api.roles.create({ name: 'Logged' })
  const { data } = await api.logs.list({ per_page: 100 })
  const types = data.map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['s', 'seacft', 'seccft', 'fu', 'sapi']))
  expect(data.find(({ type }) => type === 'sapi')).toMatchObject({
    description: 'Create roles',
    client_name: 'Backend proxy',
  })
  expect((await api.logs.get(data[0]?.log_id ?? '')).log_id).toBe(data[0]?.log_id)

  const headers = { authorization: `Bearer ${await tenant.managementToken()}` }
  const first = await fetch(`${tenant.url}/api/v2/logs?take=2`, { headers })
  const [, last] = (await first.json()) as { log_id: string }[]
  const next = /<(.+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  expect(next).toContain(`from=${last?.log_id}`)
  expect(await (await fetch(next, { headers })).json()).toHaveLength(2)
})

test('statistics count the people who logged in', async () => {
  await loggedIn()
  expect(await api.stats.getActiveUsersCount()).toBe(2)
  const [today] = await api.stats.getDaily({})
  expect(today?.date).toBe(`${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`)
  expect(today?.logins).toBeGreaterThan(2)
})

test('a second factor is enrolled and taken away by the API', async () => {
  const { sub } = await loggedIn()
  const { id } = await api.users.authenticationMethods.create(sub, {
    type: 'email',
    email: 'ada@acme.example',
  })
  const [method] = (await api.users.authenticationMethods.list(sub)).data
  expect(method).toMatchObject({ id, type: 'email', email: 'ada@acme********' })
  await api.users.authenticationMethods.set(sub, [{ type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXP' }])
  expect(await control.oneTimeCode(ada.email)).toMatch(/^\d{6}$/)
  expect(await api.users.enrollments.get(sub)).toMatchObject([{ auth_method: 'authenticator' }])
  await api.users.authenticationMethods.deleteAll(sub)
  await expect(control.oneTimeCode(ada.email)).rejects.toThrow('404')
})

test('a plan without sessions refuses them, and the free plan custom domains', async () => {
  await control.changeTenant({ plan: 'free' })
  const refused = await failure(api.customDomains.list())
  await control.changeTenant({ plan: 'unlimited' })
  expect(refused).toMatchObject({
    statusCode: 403,
    body: { message: 'The account is not allowed to perform this operation' },
  })
})
