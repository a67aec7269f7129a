import { describe, expect, test } from 'vitest'
import { oneTimeCode } from '../tenant/one-time-code.ts'
import { ada } from '../testing/demo-tenant.ts'
import { setStage } from '../testing/stage.ts'

const MULTIFACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'
const stage = setStage()

describe('the second factor', () => {
  test('is enrolled at the first step-up and asked for afterwards', async () => {
    const visitor = await stage.visit()
    await visitor.login({ acr_values: MULTIFACTOR })
    await visitor.submitCredentials(ada.email, ada.password)
    expect(await visitor.page.getByRole('heading').textContent()).toBe('Secure your account')
    expect(await visitor.page.getByRole('img', { name: 'QR code of the key below' }).count()).toBe(1)
    const secret = (await visitor.page.locator('code').textContent())?.replaceAll(' ', '') ?? ''
    await visitor.submitOneTimeCode('000000')
    await visitor.page.getByRole('alert').filter({ hasText: 'not right' }).waitFor()
    await visitor.submitOneTimeCode(oneTimeCode(secret, Date.now() / 1000))
    await visitor.finishLogin()
    expect(await visitor.idTokenClaims()).toMatchObject({ amr: ['mfa'], acr: MULTIFACTOR })

    // A silent login goes on in the session that knows of the factor.
    await visitor.page.evaluate(() => window.client.getTokenSilently({ cacheMode: 'off' }))
    expect(await visitor.idTokenClaims()).toMatchObject({ amr: ['mfa'], acr: MULTIFACTOR })

    await visitor.open()
    await visitor.login({ acr_values: MULTIFACTOR, prompt: 'login' })
    await visitor.submitCredentials(ada.email, ada.password)
    await visitor.submitOneTimeCode(await stage.control.oneTimeCode(ada.email))
    await visitor.finishLogin()
    expect(await visitor.user()).toMatchObject({ email: ada.email })
  })

  test('is named to a silent request', async () => {
    const visitor = await stage.loggedIn()
    await visitor.open()
    const error = await visitor.page.evaluate(
      (acr_values) =>
        window.failureOf(window.client.getTokenSilently({ authorizationParams: { acr_values } })),
      MULTIFACTOR,
    )
    expect(error).toBe('mfa_required')
  })
})

describe('identity providers', () => {
  test('are reached on a second origin and bring the account back', async () => {
    const visitor = await stage.visit()
    await visitor.login({ connection: 'google-oauth2' })
    const elsewhere = stage.tenant.url.replace('localhost', '127.0.0.1')
    await visitor.page.waitForURL(`${elsewhere}/authorize?*`)
    await visitor.page.getByRole('button', { name: /Dana Ito/ }).click()
    await visitor.finishLogin()
    expect(await visitor.user()).toMatchObject({
      sub: 'google-oauth2|110000000000000000001',
      name: 'Dana Ito',
    })
  })

  test('are chosen by the domain of an enterprise address', async () => {
    const visitor = await stage.visit()
    await visitor.login()
    await visitor.submitCredentials('eli@staff.acme.example', '')
    await visitor.page.getByRole('button', { name: /Eli Novak/ }).click()
    await visitor.finishLogin()
    expect(await visitor.user()).toMatchObject({ sub: 'oidc|acme-staff|e-1001' })
  })

  test('make an account for an address that they see for the first time', async () => {
    const visitor = await stage.visit()
    await visitor.login({ connection: 'acme-staff' })
    await visitor.page.getByLabel('Another account').fill('hal@staff.acme.example')
    await visitor.page.getByRole('button', { name: 'Continue' }).click()
    await visitor.finishLogin()
    expect(await visitor.user()).toMatchObject({
      sub: expect.stringMatching(/^oidc\|acme-staff\|/) as string,
      email: 'hal@staff.acme.example',
      email_verified: true,
    })
  })

  test('return a refusal to the application', async () => {
    const visitor = await stage.visit()
    await visitor.login({ connection: 'acme-staff' })
    await visitor.page.getByRole('button', { name: 'Cancel' }).click()
    expect(await visitor.finishLogin().catch((caught: unknown) => String(caught))).toContain(
      'did not authorize',
    )
  })

  test('remember the visitor after a plain logout, and not after a federated one', async () => {
    const visitor = await stage.visit()
    const returnTo = `${stage.app.origin}/logged-out`
    await visitor.login({ connection: 'google-oauth2' })
    await visitor.page.getByRole('button', { name: /Dana Ito/ }).click()
    await visitor.finishLogin()

    await visitor.logout({ returnTo })
    await visitor.open()
    await visitor.login({ connection: 'google-oauth2' })
    await visitor.finishLogin()
    expect(await visitor.user()).toMatchObject({ name: 'Dana Ito' })

    await visitor.logout({ returnTo, federated: true })
    await visitor.open()
    await visitor.login({ connection: 'google-oauth2' })
    await visitor.page.getByRole('heading', { name: 'Choose your Google account' }).waitFor()
  })
})
