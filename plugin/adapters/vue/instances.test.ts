import { expect, test } from 'vitest'
import { submitCredentials, ada, ben, userLine } from '../../testing/browser.ts'
import { useSite } from '../../testing/site.ts'

const site = useSite()
const backOffice = 'acmeBackOfficeSpaApplicat000Prev'

test('two instances on a page keep their own sessions, on one callback address', async () => {
  const second = {
    connections: {
      preview: { domain: site.tenant.domain, clientId: backOffice, organization: 'acme-north' },
    },
  }
  await site.change({}, second)
  await site.login(ada)

  await site.page.evaluate(() => void window.partner.client.loginWithRedirect({ prompt: 'login' }))
  await submitCredentials(site.page, ben)
  await userLine(site.page).waitFor()
  await expect.poll(() => site.page.evaluate(() => window.partner.state.user?.email)).toBe(ben.email)
  expect(await site.page.evaluate(() => window.session.state.user?.email)).toBe(ada.email)

  await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
  expect(await site.page.evaluate(() => window.partner.state.isAuthenticated)).toBe(true)
})

test('a page names the instance that guards it', async () => {
  const second = {
    connections: {
      preview: { domain: site.tenant.domain, clientId: backOffice, organization: 'acme-north' },
    },
  }
  await site.change({}, second)
  await site.page.goto(site.url('/partners'))
  await submitCredentials(site.page, ada)
  await site.page.getByRole('heading', { name: 'Private: partners' }).waitFor()
  expect(await site.page.evaluate(() => window.session.state.isAuthenticated)).toBe(false)
})
