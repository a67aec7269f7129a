import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeSessionToken } from '../actions/session-token.ts'
import { connectControl } from '../index.ts'
import { ada, ben, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { oneTimeCode } from '../tenant/one-time-code.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const callback = 'http://localhost:3999/callback'
const claim = 'https://acme.example/seen'
const code = `
  const asks = (event, word) => event.transaction.acr_values.includes(word)
  exports.onExecutePostLogin = async (event, api) => {
    api.idToken.setCustomClaim('${claim}', [event.user.app_metadata.consent, event.request.geoip.countryCode])
    if (asks(event, 'consent')) api.redirect.sendUserTo('https://consent.example/form')
    if (asks(event, 'challenge')) api.authentication.challengeWith({ type: 'otp' })
    if (asks(event, 'short')) api.session.setExpiresAt(Date.now() + 60000)
    if (asks(event, 'revoke')) api.session.revoke('not here')
  }
  exports.onContinuePostLogin = async (event, api) => {
    const { answer } = api.redirect.validateToken({ secret: event.secrets.KEY })
    api.user.setAppMetadata('consent', answer)
  }`
const machines = `exports.onExecuteCredentialsExchange = async (event, api) => {
  if (event.request.body.scope === 'read:roles') api.access.deny('invalid_scope', 'No roles today.')
  api.accessToken.setCustomClaim('${claim}', event.resource_server.identifier)
}`
const signups = `exports.onExecutePreUserRegistration = async (event, api) => {
  if (event.user.email.startsWith('eve')) api.access.deny('listed', 'Ask your operator, Eve.')
  api.user.setAppMetadata('from', event.connection.name)
}`

let tenant: DemoTenant
beforeAll(async () => {
  tenant = await startDemoTenant({
    change(seed) {
      seed.tenant = { ...seed.tenant, geoip: { countryCode: 'FR' } }
      seed.actions = [
        { name: 'logins', code, secrets: [{ name: 'KEY', value: 'secret' }] },
        { name: 'machines', code: machines, supported_triggers: [{ id: 'credentials-exchange' }] },
        { name: 'signups', code: signups, supported_triggers: [{ id: 'pre-user-registration' }] },
      ]
    },
  })
})
afterAll(() => tenant.close())
const client = () => createRawClient(tenant, { clientId: tenant.clientId, callback })
const credentials = ({ email, password }: typeof ada) => ({ username: email, password })

test('a login goes to the page an Auth0 Action names, and comes back with what was said there', async () => {
  const visitor = client()
  const login = await visitor.authorize({ acr_values: 'consent' })
  const away = new URL((await visitor.submit(login, credentials(ada))).headers.get('location') ?? '')
  expect(away.origin + away.pathname).toBe('https://consent.example/form')
  const state = away.searchParams.get('state') ?? ''
  const exp = Math.floor(Date.now() / 1000) + 60
  const session_token = encodeSessionToken({ state, exp, answer: 'yes' }, 'secret')
  const query = new URLSearchParams({ state, session_token })
  const returned = visitor.returned(await visitor.get(`${tenant.url}/continue?${query.toString()}`))
  const { body } = await visitor.exchange(returned.code ?? '')
  expect(claimsOf(body.id_token)[claim]).toEqual([null, 'FR'])

  const again = await client().obtain(ada)
  expect(claimsOf(again.body.id_token)[claim]).toEqual(['yes', 'FR'])
})

test('a silent login that would need the page is refused', async () => {
  const visitor = client()
  await visitor.login(ada)
  const refused = visitor.returned(await visitor.authorize({ prompt: 'none', acr_values: 'consent' }))
  expect(refused.error).toBe('interaction_required')
})

test('a challenge asks for a second factor even inside a session that has shown one', async () => {
  const visitor = client()
  const control = connectControl(tenant.url)
  for (const login of [true, false]) {
    let page = await visitor.authorize({ acr_values: 'challenge' })
    if (login) page = await visitor.submit(page, credentials(ben))
    const html = await page.clone().text()
    const key = /class="key">([^<]+)</.exec(html)?.[1]
    expect([login, key !== undefined]).toEqual([login, login])
    const otp = key ? oneTimeCode(key, Math.floor(Date.now() / 1000)) : await control.oneTimeCode(ben.email)
    const { code: returned = '' } = visitor.returned(await visitor.submit(page, { code: otp }))
    const { body } = await visitor.exchange(returned)
    expect(claimsOf(body.id_token)).toMatchObject({ amr: ['mfa'] })
  }
})

describe('the session', () => {
  const silently = async (visitor: ReturnType<typeof client>) =>
    visitor.returned(await visitor.authorize({ prompt: 'none' })).error

  test('ends when an Auth0 Action says so', async () => {
    const visitor = client()
    await visitor.login(ada, { acr_values: 'short' })
    expect(await silently(visitor)).toBeUndefined()
    await connectControl(tenant.url).shiftClock(120)
    expect(await silently(visitor)).toBe('login_required')
    await connectControl(tenant.url).shiftClock(0)
  })

  test('ends at once when an Auth0 Action revokes it', async () => {
    const visitor = client()
    expect(await visitor.login(ada, { acr_values: 'revoke' })).toMatchObject({
      error: 'access_denied',
      error_description: 'not here',
    })
    expect(await silently(visitor)).toBe('login_required')
  })
})

test('a machine’s token gets the claims of its own Auth0 Actions, or their refusal', async () => {
  const { clientId, clientSecret: client_secret } = tenant.m2m
  const ask = (scope: string) =>
    createRawClient(tenant, { clientId, callback }).token({
      ...{ grant_type: 'client_credentials', client_secret, scope },
      audience: `https://${tenant.domain}/api/v2/`,
    })
  const { body } = await ask('read:clients')
  expect(claimsOf(body.access_token)[claim]).toBe(`https://${tenant.domain}/api/v2/`)
  expect((await ask('read:roles')).body).toMatchObject({
    error: 'invalid_scope',
    error_description: 'No roles today.',
  })
})

test('a sign-up can be refused with a text for the visitor, or be given metadata', async () => {
  const signUp = async (email: string) => {
    const visitor = client()
    const page = await visitor.authorize({ screen_hint: 'signup' })
    return visitor.submit(page, { username: email, password: 'Long-enough-1' })
  }
  expect(await (await signUp('eve@acme.example')).text()).toContain('Ask your operator, Eve.')
  expect((await signUp('fay@acme.example')).headers.get('location')).toContain(`${callback}?code=`)
})
