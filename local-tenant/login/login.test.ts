import { describe, expect, test } from 'vitest'
import { ada } from '../testing/demo-tenant.ts'
import { setStage } from '../testing/stage.ts'

const stage = setStage()

describe('the redirect login', () => {
  test('logs a visitor in, with name, e-mail and the claims of the Auth0 Actions', async () => {
    const visitor = await stage.loggedIn()
    expect(await visitor.user()).toMatchObject({
      name: 'Ada Byron',
      email: ada.email,
      email_verified: true,
      'https://lowgate.example/roles': ['Manager'],
    })
  })

  test('keeps the page and what was typed when the password is wrong', async () => {
    const visitor = await stage.visit()
    await visitor.login()
    await visitor.submitCredentials(ada.email, 'nope')
    await visitor.page.getByRole('alert').filter({ hasText: 'Wrong email or password' }).waitFor()
    expect(await visitor.page.getByLabel('Email address').inputValue()).toBe(ada.email)
    const password = visitor.page.getByLabel('Password', { exact: true })
    expect(await password.getAttribute('aria-describedby')).toBe('password-note')
  })

  test('can be done with only the keyboard', async () => {
    const visitor = await stage.visit()
    await visitor.login()
    const { keyboard } = visitor.page
    await keyboard.type(ada.email)
    await keyboard.press('Tab')
    await keyboard.type(ada.password)
    await keyboard.press('Enter')
    await visitor.finishLogin()
    expect(await visitor.user()).toMatchObject({ email: ada.email })
  })

  test('signs a new visitor up with screen_hint=signup', async () => {
    const visitor = await stage.visit()
    await visitor.login({ screen_hint: 'signup' })
    expect(await visitor.page.getByRole('heading').textContent()).toBe('Create your account')
    await visitor.submitCredentials('gil@acme.example', 'short')
    await visitor.page.getByRole('alert').filter({ hasText: 'Use at least 8 characters.' }).waitFor()
    await visitor.submitCredentials('gil@acme.example', 'long-enough-1')
    await visitor.finishLogin()
    expect(await visitor.user()).toMatchObject({ email: 'gil@acme.example', email_verified: false })
  })

  test('carries the organization that the SDK checks', async () => {
    const visitor = await stage.loggedIn({ authorizationParams: { organization: 'acme-north' } })
    expect(await visitor.user()).toMatchObject({ org_id: 'org_acmeNorth0000001', org_name: 'acme-north' })
  })

  test('returns a denial to the application', async () => {
    await stage.control.denyNextLogin({ error: 'access_denied', error_description: 'not <b>today</b>' })
    const visitor = await stage.visit()
    await visitor.login()
    await visitor.submitCredentials(ada.email, ada.password)
    const error = await visitor.finishLogin().catch((caught: unknown) => String(caught))
    expect(error).toContain('not <b>today</b>')
  })
})

describe('the popup login', () => {
  test('hands the result to the page that opened it', async () => {
    const visitor = await stage.visit()
    const opened = visitor.page.waitForEvent('popup')
    const result = visitor.page.evaluate(() => window.client.loginWithPopup())
    await visitor.submitCredentials(ada.email, ada.password, await opened)
    await result
    expect(await visitor.user()).toMatchObject({ email: ada.email })
  })

  test('hands a denial over too', async () => {
    await stage.control.denyNextLogin()
    const visitor = await stage.visit()
    const opened = visitor.page.waitForEvent('popup')
    const result = visitor.page.evaluate(() => window.failureOf(window.client.loginWithPopup()))
    await visitor.submitCredentials(ada.email, ada.password, await opened)
    expect(await result).toBe('access_denied')
  })
})

describe('the logout', () => {
  test('ends the session at the tenant and returns to an allowed URL, whatever its query', async () => {
    const visitor = await stage.loggedIn()
    await visitor.logout({ returnTo: `${stage.app.origin}/logged-out?from=menu` })
    await visitor.page.waitForURL(`${stage.app.origin}/logged-out?from=menu`)
    await visitor.open()
    expect(await visitor.page.evaluate(() => window.failureOf(window.client.getTokenSilently()))).toBe(
      'login_required',
    )
  })

  test('shows the error page for a URL that is not allowed', async () => {
    const visitor = await stage.loggedIn()
    await visitor.logout({ returnTo: 'https://elsewhere.example/' })
    const reason = 'is not defined as a valid URL in "Allowed Logout URLs"'
    await visitor.page.getByRole('alert').filter({ hasText: reason }).waitFor()
  })

  test('keeps the tenant’s session when only local', async () => {
    const visitor = await stage.loggedIn()
    await visitor.page.evaluate(() => window.client.logout({ openUrl: false }))
    expect(await visitor.user()).toBeUndefined()
    expect(
      await visitor.page.evaluate(() => window.failureOf(window.client.getTokenSilently())),
    ).toBeUndefined()
  })
})
