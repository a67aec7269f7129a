import { expect, test } from 'vitest'
import { ada, ben, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const api = 'https://api.acme.example'
const site = useSite({ settings: { authorizationParams: { 'ext-shop': 'north' } } })

test('a login is told what the settings, the route and the call add, and no more', async () => {
  await site.page.goto(site.url('/hinted'))
  await site.page.getByLabel('Email address').waitFor()
  expect((await site.asked('/authorize'))[0]).toMatchObject({
    ...{ 'ext-shop': 'north', 'ext-theme': 'dark', login_hint: ben.email },
  })
  await site.page.goto(site.url())
  const refused = await site.page.evaluate(() =>
    window.session.client
      .loginWithRedirect({ authorizationParams: { state: 'mine' } })
      .catch((error) => error.code as string),
  )
  expect(refused).toBe('input/invalid')
})

test('a login comes back to a path, and never to another site', async () => {
  for (const [target, at] of [
    ['/members?a=1#b', '/members?a=1#b'],
    ['//evil.example/x', '/'],
  ]) {
    await site.page.goto(site.url())
    await site.page.evaluate(
      (target) => void window.session.client.loginWithRedirect({ target, prompt: 'login' }),
      target ?? '',
    )
    await submitCredentials(site.page)
    await userLine(site.page).waitFor()
    await expect.poll(() => site.page.url()).toBe(site.url(at))
  }
})

test('the claims of the ID token and the details of a token are at hand, after a reload too', async () => {
  await site.login()
  await site.page.reload()
  await userLine(site.page).waitFor()
  const [claims, token, details] = await site.page.evaluate(async () => {
    const { client, state } = window.session
    return [state.idTokenClaims, await client.getAccessToken(), await client.getTokenResponse()] as const
  })
  expect(claims).toMatchObject({ email: ada.email, aud: site.clientId, __raw: expect.any(String) })
  expect(details).toMatchObject({ access_token: token, token_type: 'Bearer', expires_in: expect.any(Number) })
})

test('a window brings the token that a frame cannot', async () => {
  await site.login()
  await site.control.blockThirdPartyCookies(true)
  await site.page.evaluate(() => {
    const button = document.createElement('button')
    button.textContent = 'Token'
    button.onclick = async () => {
      const audience = 'https://api.acme.example'
      document.title = await window.session.client.getAccessTokenWithPopup({ audience })
    }
    document.body.append(button)
  })
  await site.page.getByRole('button', { name: 'Token' }).click()
  await expect.poll(() => site.page.title()).toMatch(/^ey/)
  expect(
    await site.page.evaluate((audience) => window.session.client.getAccessToken({ audience }), api),
  ).toBe(await site.page.title())
  await site.control.blockThirdPartyCookies(false)
  expect(await loginButton(site.page).count()).toBe(0)
})
