import { describe, expect, test } from 'vitest'
import type { Action } from '../tenant/seeds/actions.ts'
import { runActions } from '../testing/post-login-run.ts'
import { codeOf } from './library.ts'
import { encodeSessionToken } from './session-token.ts'

const action = (body: string, more = {}) => ({
  name: 'mine',
  code: `exports.onExecutePostLogin = async (event, api) => { ${body} }`,
  ...more,
})

test('runs the text of Auth0’s dashboard', async () => {
  const { outcome } = await runActions([
    action("api.idToken.setCustomClaim('https://acme.example/roles', event.authorization.roles)"),
  ])
  expect(outcome.idTokenClaims).toEqual({ 'https://acme.example/roles': ['Manager'] })
})

test.each(['roles', 'groups', 'permissions', 'org_id', 'sub', 'https://acme.auth0.com/x', 'urn:auth0:x'])(
  'silently drops the claim %s, as Auth0 does',
  async (name) => {
    const { outcome } = await runActions([action(`api.accessToken.setCustomClaim('${name}', ['x'])`)])
    expect([outcome.accessTokenClaims, outcome.denied]).toEqual([{}, undefined])
  },
)

test('keeps a profile claim, and drops a bare one in tokens for Auth0’s own APIs', async () => {
  const bare = [action("api.accessToken.setCustomClaim('nickname', 'x')")]
  expect((await runActions(bare)).outcome.accessTokenClaims).toEqual({ nickname: 'x' })
  expect((await runActions(bare, {}, { context: { ownApi: true } })).outcome.accessTokenClaims).toEqual({})
})

test.each([
  { name: 'an arrow', onExecutePostLogin: (_event, api) => api.access.deny('as text') },
  {
    name: 'a method',
    onExecutePostLogin(_event, api) {
      api.access.deny('as text')
    },
  },
] satisfies Action[])('shows $name of a seed as text that runs', async (seeded) => {
  const { outcome } = await runActions([{ name: 'copied', code: codeOf(seeded) }])
  expect(outcome.denied?.description).toBe('as text')
})

test('stops at a refusal', async () => {
  const ran: string[] = []
  const { outcome } = await runActions([
    { name: 'deny', onExecutePostLogin: (_event, api) => api.access.deny('only on weekdays') },
    { name: 'after', onExecutePostLogin: () => void ran.push('after') },
  ])
  expect(outcome.denied).toEqual({ error: 'access_denied', description: 'only on weekdays' })
  expect(ran).toEqual([])
})

test('refuses the login when an Auth0 Action throws, and names it in the log', async () => {
  const lines: string[] = []
  const { outcome } = await runActions([action('event.nothing.key')], {}, { log: (line) => lines.push(line) })
  const reason = "Cannot read properties of undefined (reading 'key')"
  expect(outcome.denied?.description).toBe(reason)
  expect(lines).toEqual([`The Auth0 Action "mine" failed: TypeError: ${reason}`])
})

test('gives each Auth0 Action a copy of the user, so that nothing leaks into the next', async () => {
  const user = { app_metadata: { plan: 'free' } }
  const spoil =
    'event.user.app_metadata.plan = "gold"; globalThis.leaked = true; Array.prototype.leaked = true'
  const read =
    "api.idToken.setCustomClaim('https://a.example/x', [event.user.app_metadata.plan, globalThis.leaked])"
  const { outcome } = await runActions([action(spoil), action(read, { name: 'second' })], { user })
  expect(outcome.idTokenClaims).toEqual({ 'https://a.example/x': ['free', null] })
  expect(user).toEqual({ app_metadata: { plan: 'free' } })
  expect('leaked' in Array.prototype).toBe(false)
})

describe('modules', () => {
  const code = (id: string) => `const it = require('${id}'); exports.onExecutePostLogin = () => void it`
  test('of Node and declared dependencies that are installed can be required', async () => {
    const dependencies = [{ name: 'ipaddr.js', version: '2' }]
    for (const id of ['crypto', 'node:util', 'ipaddr.js']) {
      expect(
        (await runActions([{ name: 'mine', code: code(id), dependencies }])).outcome.denied,
      ).toBeUndefined()
    }
  })

  test.each([
    ['no JavaScript', 'exports.onExecutePostLogin = (', [], 'does not load (SyntaxError'],
    ['an undeclared module', code('ipaddr.js'), [], '"mine" does not name it in its dependencies'],
    ['a module that is not installed', code('no-such'), ['no-such'], 'Run "npm install no-such" in'],
    ['no handler', 'exports.other = 1', [], 'exports no handler such as onExecutePostLogin'],
  ])('says which Auth0 Action has %s', (_, text, names, problem) => {
    const dependencies = names.map((name) => ({ name }))
    expect(() => runActions([{ name: 'mine', code: text, dependencies }])).toThrow(problem)
  })
})

describe('pauses', () => {
  const redirecting = {
    name: 'consent',
    code: `
      exports.onExecutePostLogin = async (event, api) => {
        api.transaction.setMetadata('asked', true)
        const token = api.redirect.encodeToken({ secret: event.secrets.KEY, payload: { plan: 'free' } })
        api.redirect.sendUserTo('https://consent.example/', { query: { session_token: token } })
      }
      exports.onContinuePostLogin = async (event, api) => {
        const { consented } = api.redirect.validateToken({ secret: event.secrets.KEY, tokenParameterName: 'answer' })
        api.user.setAppMetadata('consented', [consented, event.transaction.metadata.asked])
        api.authentication.recordMethod('https://consent.example/method')
      }`,
    secrets: [{ name: 'KEY', value: 'consent-secret' }],
  }
  const first = action("api.idToken.setCustomClaim('https://a.example/count', (event.user.n || 0) + 1)")
  const last = action(
    "api.idToken.setCustomClaim('https://a.example/methods', event.authentication.methods.map((m) => m.name))",
    { name: 'last' },
  )
  const answer = (claims: object, secret = 'consent-secret') =>
    encodeSessionToken({ exp: Math.floor(Date.now() / 1000) + 60, ...claims }, secret)

  test('a redirect goes on in the same Auth0 Action, and then in those after it', async () => {
    const paused = await runActions([first, redirecting, last])
    const { searchParams } = new URL((paused.paused as { redirectTo: string }).redirectTo)
    const token = JSON.parse(atob(searchParams.get('session_token')?.split('.')[1] ?? '')) as object
    expect(token).toMatchObject({ sub: 'auth0|1', iss: 'acme.example', plan: 'free', ip: '198.51.100.7' })

    const query = { answer: answer({ state: 'state', consented: true }) }
    const { outcome, paused: again } = await runActions(
      [first, redirecting, last],
      { request: { query } },
      { paused },
    )
    expect(outcome.appMetadata).toEqual({ consented: [true, true] })
    expect(outcome.recordedMethods).toMatchObject([{ name: 'https://consent.example/method' }])
    expect([outcome.denied, again]).toEqual([undefined, undefined])
  })

  test.each([
    ['signed with another secret', { state: 'state' }, 'other', 'invalid signature'],
    ['of another login', { state: 'other' }, 'consent-secret', 'its "state" is not the one'],
    ['that has expired', { state: 'state', exp: 1 }, 'consent-secret', 'jwt expired'],
  ])('an answer %s refuses the login', async (_, claims, secret, reason) => {
    const paused = await runActions([redirecting])
    const query = { answer: answer(claims, secret) }
    const { outcome } = await runActions([redirecting], { request: { query } }, { paused })
    expect(outcome.denied?.description).toContain(reason)
  })

  test('a challenge lets later Auth0 Actions wait', async () => {
    const challenge = action("api.authentication.challengeWith({ type: 'otp' })")
    const paused = await runActions([challenge, last])
    expect(paused.paused).toEqual({ secondFactor: true })
    expect(paused.outcome.idTokenClaims).toEqual({})
    expect((await runActions([challenge, last], {}, { paused })).outcome.idTokenClaims).toEqual({
      'https://a.example/methods': ['pwd'],
    })
  })
})

test('refuses the login over a factor that this tenant does not know', async () => {
  const { outcome } = await runActions([
    action("api.authentication.challengeWith({ type: 'push-notification' })"),
  ])
  expect(outcome.denied?.description).toContain('This tenant knows: otp.')
})

test('says what the api of the local tenant does not do', async () => {
  const { outcome } = await runActions([action("api.prompt.render('ap_1')")])
  expect(outcome.denied?.description).toBe('api.prompt.render is not reproduced by the local tenant.')
})
