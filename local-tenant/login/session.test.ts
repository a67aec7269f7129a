import { describe, expect, test } from 'vitest'
import { ada, startDemoTenant } from '../testing/demo-tenant.ts'
import type { Visitor } from '../testing/visitor.ts'
import { setStage } from '../testing/stage.ts'

const stage = setStage((seed, app) => {
  const [, , , kiosk] = seed.clients
  if (kiosk) kiosk.callbacks = [`${app.origin}/callback`]
})

describe('the silent login', () => {
  const silently = (visitor: Visitor) =>
    visitor.page.evaluate(() => window.failureOf(window.client.getTokenSilently()))

  test('recognises the session in the hidden iframe', async () => {
    const visitor = await stage.loggedIn()
    await visitor.open()
    expect(await visitor.user()).toBeUndefined()
    expect(await silently(visitor)).toBeUndefined()
    expect(await visitor.user()).toMatchObject({ email: ada.email })
  })

  test('asks for a login when the session has expired', async () => {
    const visitor = await stage.loggedIn()
    await stage.control.expireSessions()
    await visitor.open()
    expect(await silently(visitor)).toBe('login_required')
  })

  test('asks for a login when third-party cookies are blocked', async () => {
    const visitor = await stage.loggedIn()
    await stage.control.blockThirdPartyCookies(true)
    await visitor.open()
    const error = await silently(visitor)
    await stage.control.blockThirdPartyCookies(false)
    expect(error).toBe('login_required')
  })

  test('runs into the timeout when the web origin is missing, while the redirect works', async () => {
    const clientId = stage.tenant.seed.clients[3]?.client_id ?? ''
    const visitor = await stage.loggedIn({ clientId, authorizeTimeoutInSeconds: 1 })
    expect(await visitor.user()).toMatchObject({ email: ada.email })
    await visitor.open()
    expect(await silently(visitor)).toBe('timeout')
  })
})

describe('refresh tokens in the browser', () => {
  const options = { useRefreshTokens: true, cacheLocation: 'localstorage' } as const
  const refresh = (visitor: Visitor) =>
    visitor.page.evaluate(() => window.failureOf(window.client.getTokenSilently({ cacheMode: 'off' })))

  test('rotate at every use', async () => {
    const visitor = await stage.loggedIn(options)
    const first = await visitor.storedRefreshToken()
    expect(await refresh(visitor)).toBeUndefined()
    expect(first).toBeTruthy()
    expect(await visitor.storedRefreshToken()).not.toBe(first)
  })

  test('end with invalid_grant when they were revoked', async () => {
    const visitor = await stage.loggedIn(options)
    await stage.control.revokeRefreshTokens(ada.email)
    expect(await refresh(visitor)).toBe('invalid_grant')
  })
})

describe('tokens from a clock that is off', () => {
  test('are refused by the SDK when the tenant is days behind', async () => {
    await stage.control.shiftClock(-2 * 86_400)
    const visitor = await stage.visit()
    await visitor.login()
    await visitor.submitCredentials(ada.email, ada.password)
    const error = await visitor.finishLogin().catch((caught: unknown) => String(caught))
    await stage.control.shiftClock(0)
    expect(error).toContain('Expiration Time (exp)')
  })
})

test('does not share a session with another tenant on the same host', async () => {
  const other = await startDemoTenant({ app: stage.app.origin })
  const visitor = await stage.loggedIn()
  const neighbour = await stage.visit({ domain: other.url })
  await neighbour.context.addCookies(await visitor.context.cookies())
  expect(await neighbour.page.evaluate(() => window.failureOf(window.client.getTokenSilently()))).toBe(
    'login_required',
  )
  await other.close()
})
