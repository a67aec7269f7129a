import { expect, test } from 'vitest'
import type { PostLoginEvent } from '../seeds/actions.ts'
import { createPostLoginRunner } from './post-login.ts'

const event: PostLoginEvent = {
  user: { user_id: 'auth0|1', email: 'ada@acme.example' },
  client: { client_id: 'a', name: 'A', metadata: {} },
  connection: { name: 'db', strategy: 'auth0' },
  authorization: { roles: ['Manager'] },
  authentication: { methods: [{ name: 'pwd' }] },
  transaction: {
    protocol: 'oidc-basic-profile',
    acr_values: [],
    requested_scopes: ['openid'],
    ui_locales: [],
  },
}

test('runs the text of Auth0’s dashboard', async () => {
  const code = `exports.onExecutePostLogin = async (event, api) => {
    api.idToken.setCustomClaim('https://acme.example/roles', event.authorization.roles)
  }`
  const outcome = await createPostLoginRunner([{ name: 'roles', code }])(event)
  expect(outcome.idTokenClaims).toEqual({ 'https://acme.example/roles': ['Manager'] })
})

test('leaves registered claims alone', async () => {
  const run = createPostLoginRunner([
    { name: 'bad', onExecutePostLogin: (_event, api) => api.accessToken.setCustomClaim('sub', 'somebody') },
  ])
  expect((await run(event)).accessTokenClaims).toEqual({})
})

test('stops at a refusal and passes drafts over', async () => {
  const ran: string[] = []
  const run = createPostLoginRunner([
    { name: 'draft', deployed: false, onExecutePostLogin: () => void ran.push('draft') },
    { name: 'deny', onExecutePostLogin: (_event, api) => api.access.deny('only on weekdays') },
    { name: 'after', onExecutePostLogin: () => void ran.push('after') },
  ])
  expect((await run(event)).denied).toBe('only on weekdays')
  expect(ran).toEqual([])
})

test('refuses the login when an Auth0 Action throws, and names it in the log', async () => {
  const lines: string[] = []
  const run = createPostLoginRunner(
    [{ name: 'mine', code: 'exports.onExecutePostLogin = (event) => event.secrets.KEY' }],
    (line) => lines.push(line),
  )
  const reason = "Cannot read properties of undefined (reading 'KEY')"
  expect((await run(event)).denied).toBe(reason)
  expect(lines).toEqual([`The Auth0 Action "mine" failed: TypeError: ${reason}`])
})

test.each([
  ['no JavaScript', 'exports.onExecutePostLogin = (', 'does not load (SyntaxError'],
  ['a module', 'const a = require("a")', 'does not load (ReferenceError: require is not defined)'],
  ['no function', 'exports.other = 1', 'does not export onExecutePostLogin'],
])('says which Auth0 Action has %s', (_, code, problem) => {
  expect(() => createPostLoginRunner([{ name: 'mine', code }])).toThrow(`"mine" ${problem}`)
})
