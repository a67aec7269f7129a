import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { ada, ben, loginButton, submitCredentials } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite()
const north = 'org_acmeNorth0000001'
const south = 'org_acmeSouth0000001'

const heading = (page: Page, name: string) => page.getByRole('heading', { name })
const organization = () => site.page.evaluate(() => window.session.state.organization?.id)
/** The organizations of the logins that were started; the tenant's own steps of one come without an application. */
const asked = async () =>
  (await site.asked('/authorize')).flatMap((query) => (query.client_id ? [query.organization] : []))
const code = () => site.page.evaluate(() => window.session.state.error?.code)
const enter = (organization: string) =>
  site.page.evaluate((name) => {
    void window.session.client.switchOrganization({ organization: name, target: { pageId: 'home' } })
  }, organization)

describe.each(['localstorage', 'memory'] as const)(
  'with tokens in %s, a page for one organization',
  (storage) => {
    test('logs a visitor in to it', async () => {
      await site.change({ storage })
      await site.page.goto(site.url('/north'))
      await submitCredentials(site.page)
      await heading(site.page, 'Private: north').waitFor()
      expect(await organization()).toBe(north)
      expect(await asked()).toEqual(['acme-north'])
    })

    test('takes a visitor who is in none on to it, without asking them anything', async () => {
      await site.change({ storage })
      await site.login()
      await site.page.getByRole('link', { name: 'Acme North' }).click()
      await heading(site.page, 'Private: north').waitFor()
      expect(await organization()).toBe(north)
    })

    test('asks a visitor who is in another one before it takes them there', async () => {
      await site.change({ storage })
      await site.login()
      await enter(south)
      await expect.poll(organization).toBe(south)
      await site.page.getByRole('link', { name: 'Acme North' }).click()
      await heading(site.page, 'This page is for members of an organization.').waitFor()
      expect(await organization()).toBe(south)
      await site.page.getByRole('button', { name: 'Log in to acme-north' }).click()
      await heading(site.page, 'Private: north').waitFor()
      expect(await organization()).toBe(north)
    })

    test('keeps it for a login with another account after a refusal', async () => {
      await site.change({ storage })
      await site.page.goto(site.url('/south'))
      await submitCredentials(site.page, ben)
      await heading(site.page, 'You were not let in').waitFor()
      await site.page.getByRole('button', { name: 'Log in with another account' }).click()
      await submitCredentials(site.page, ada)
      await heading(site.page, 'Private: south').waitFor()
      expect(await asked()).toEqual(['acme-south', 'acme-south'])
    })

    test('keeps it on the way over a login page', async () => {
      await site.change({ storage, loginPage: { pageId: 'home' } })
      await site.page.goto(site.url('/north'))
      await site.page.waitForURL(site.url())
      await loginButton(site.page).click()
      await submitCredentials(site.page)
      await heading(site.page, 'Private: north').waitFor()
      expect(await asked()).toEqual(['acme-north'])
    })

    test('keeps it for a login in a window', async () => {
      await site.change({ storage, loginPage: { pageId: 'home' } })
      await site.page.goto(site.url('/north'))
      await site.page.waitForURL(site.url())
      const opened = site.page.waitForEvent('popup')
      await site.page.evaluate(() => void window.session.client.loginWithPopup({}))
      await submitCredentials(await opened)
      await heading(site.page, 'Private: north').waitFor()
    })
  },
)

test('an organization that was asked for elsewhere is not sent by a login that names none', async () => {
  await site.page.goto(site.url('/south'))
  await submitCredentials(site.page, ben)
  await heading(site.page, 'You were not let in').waitFor()
  await site.page.getByRole('link', { name: 'Home', exact: true }).click()
  await site.control.clearRequests()
  await loginButton(site.page).click()
  await expect.poll(asked).toEqual([undefined])
})

test('a page for several lets the visitor choose', async () => {
  await site.page.goto(site.url('/regions'))
  await submitCredentials(site.page)
  await heading(site.page, 'This page is for members of an organization.').waitFor()
  expect(site.page.url()).toBe(site.url('/regions'))
  await site.page.getByRole('button', { name: `Log in to ${south}` }).click()
  await heading(site.page, 'Private: regions').waitFor()
  expect(await organization()).toBe(south)
})

test('a page for several leaves the choice to Auth0 where the application prompts for one', async () => {
  const connection = { domain: site.tenant.domain, clientId: 'acmeBackOfficeSpaApplicat000Prev' }
  await site.change({ connections: { preview: connection } })
  await site.page.goto(site.url('/regions'))
  await site.page.getByLabel('Organization name').fill('acme-north')
  await site.page.getByRole('button', { name: 'Continue' }).click()
  await submitCredentials(site.page)
  await heading(site.page, 'Private: regions').waitFor()
  expect(await organization()).toBe(north)
})

describe('a tenant that sends no names', () => {
  test('is named as the reason where a guard goes by name', async () => {
    await site.control.changeTenant({ allow_organization_name_in_authentication_api: false })
    try {
      await site.login()
      await enter(north)
      await expect.poll(organization).toBe(north)
      await site.page.getByRole('link', { name: 'Acme North' }).click()
      await heading(site.page, 'This site cannot tell which organization').waitFor()
      expect(await code()).toBe('config/organization-unnamed')
    } finally {
      await site.control.changeTenant({ allow_organization_name_in_authentication_api: true })
    }
  })
})

describe('a display name', () => {
  test('in a guard is explained before the visitor leaves the page', async () => {
    await site.page.goto(site.url('/display'))
    await heading(site.page, '“Acme North” cannot be the name of an organization.').waitFor()
    expect(await asked()).toEqual([])
  })

  test('typed by a visitor is explained, and a switch to it does not change the session', async () => {
    await site.login()
    const found = await site.page.evaluate(() =>
      window.session.client
        .switchOrganization({ organization: 'Acme North' })
        .catch(({ code, title }) => [code, title]),
    )
    expect(found).toEqual(['input/invalid', '“Acme North” cannot be the name of an organization.'])
    expect(await site.asked('/oauth/revoke')).toEqual([])
  })
})
