import { describe, expect, test } from 'vitest'
import { ada, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

describe.each(['localstorage', 'memory'] as const)('with tokens in %s', (storage) => {
  const site = useSite({
    settings: { storage },
    seed(seed) {
      for (const user of seed.users ?? []) if (user.email === ada.email) user.otp_secret = 'JBSWY3DPEHPK3PXP'
    },
  })

  const open = (path: string) => site.page.goto(site.url(path))
  const shown = (name: string) => site.page.getByRole('heading', { name: `Private: ${name}` })
  const refused = () => site.page.getByRole('heading', { name: 'did not ask for your second factor' })

  async function showFactor() {
    await site.page.getByLabel('One-time code').fill(await site.control.oneTimeCode(ada.email))
    await site.page.getByRole('button', { name: 'Continue', exact: true }).click()
  }

  /** Lets the tenant go back to the application as if it had been asked for nothing. */
  const ignore = (parameter: string) =>
    site.page.route(`${site.tenant.url}/authorize?*`, async (route) => {
      const url = new URL(route.request().url())
      url.searchParams.delete(parameter)
      await route.fulfill({ status: 302, headers: { location: url.href } })
    })

  test('a page asks for a second factor once, and what was shown is readable from then on', async () => {
    await site.login()
    await open('/safe')
    await showFactor()
    await shown('safe').waitFor()
    expect(site.page.url()).toBe(site.url('/safe'))
    await site.page.evaluate(() => window.session.client.refreshUser())
    const user = await site.page.evaluate(() => window.session.state.user)
    expect(user).toMatchObject({ amr: ['mfa'], acr: expect.stringContaining('multi-factor') })
    await site.control.clearRequests()
    await open('/safe')
    await shown('safe').waitFor()
    expect((await site.asked('/authorize')).filter(({ prompt }) => prompt !== 'none')).toEqual([])
  })

  test('a tenant that asks for no second factor is asked once, and the page says why it stays shut', async () => {
    await site.login()
    await ignore('acr_values')
    await site.control.clearRequests()
    await open('/safe')
    await refused().waitFor()
    expect(await site.page.evaluate(() => window.session.state.isAuthenticated)).toBe(true)
    expect(await site.page.getByText('Private:').count()).toBe(0)
    expect((await site.asked('/authorize')).filter(({ prompt }) => prompt !== 'none')).toHaveLength(1)
  })

  test('a visitor who is refused at the tenant, or turns back there, is asked again at the next visit', async () => {
    await site.login()
    await open('/safe')
    await site.page.getByLabel('One-time code').waitFor()
    const stepUps = `${site.tenant.url}/authorize?*acr_values*`
    await site.page.route(stepUps, async (route) => {
      const asked = new URL(route.request().url()).searchParams
      const answer = new URL(asked.get('redirect_uri') ?? '')
      answer.search = String(new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '' }))
      await route.fulfill({ status: 302, headers: { location: answer.href } })
    })
    await open('/safe')
    await site.page.getByRole('heading', { name: 'You were not let in.' }).waitFor()
    await site.page.unroute(stepUps)
    await open('/safe')
    await showFactor()
    await shown('safe').waitFor()
  })

  test('a page for recent logins takes one that is, and asks again for one that is not', async () => {
    await site.login()
    await open('/recent')
    await shown('recent').waitFor()
    await userLine(site.page).waitFor()
    const age = () =>
      site.page.evaluate(() => Date.now() / 1000 - Number(window.session.state.user?.auth_time))
    expect(await age()).toBeLessThan(3600)
    await site.page.clock.install({ time: Date.now() + 2 * 3600 * 1000 })
    await site.control.shiftClock(2 * 3600)
    try {
      await open('/recent')
      await submitCredentials(site.page)
      await shown('recent').waitFor()
      expect(await age()).toBeLessThan(3600)
    } finally {
      await site.control.shiftClock(0)
    }
  })
})
