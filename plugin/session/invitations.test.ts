import { describe, expect, test } from 'vitest'
import { ada, ben, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const south = 'org_acmeSouth0000001'
const tickets = ['redirect', 'popup', 'refused', 'refused-popup', 'closed'].flatMap((ticket) => [
  `${ticket}-localstorage`,
  `${ticket}-memory`,
])

const site = useSite({
  seed({ organizations = [] }) {
    const organization = organizations.find(({ id }) => id === south)
    if (organization)
      organization.invitations = tickets.map((ticket_id) => ({ ticket_id, invitee: { email: ben.email } }))
  },
})

describe.each(['localstorage', 'memory'] as const)('an invitation, with tokens in %s,', (storage) => {
  const open = async (ticket: string) => {
    await site.change({ storage })
    const link = `?a=1&invitation=${ticket}-${storage}&organization=${south}&organization_name=acme-south#b`
    await site.page.goto(site.url(`/${link}`))
  }
  const bare = () => site.url('/?a=1#b')

  /** The tickets of the logins that a click on the page's button starts. */
  async function askedByNextLogin() {
    await site.control.clearRequests()
    await loginButton(site.page).click()
    await expect.poll(() => site.asked('/authorize')).not.toEqual([])
    return (await site.asked('/authorize')).map(({ invitation }) => invitation)
  }

  const acceptAs = async (user: typeof ada, page = site.page) => {
    await page.getByRole('link', { name: 'Log in' }).click()
    await submitCredentials(page, user)
  }

  const openPopup = async () => {
    const opened = site.page.waitForEvent('popup')
    await site.page.evaluate(
      () => void window.session.client.loginWithPopup({}).catch((error) => (document.title = error.code)),
    )
    return opened
  }

  test('leaves the address once it was accepted, and the next login sends no ticket', async () => {
    await open('redirect')
    await loginButton(site.page).click()
    await acceptAs(ben)
    await userLine(site.page).waitFor()
    expect(site.page.url()).toBe(bare())
    await site.page.evaluate(() => void window.session.client.logout({ mode: 'redirect' }))
    await loginButton(site.page).waitFor()
    expect(await askedByNextLogin()).toEqual([undefined])
  })

  test('leaves it after a login in a window too', async () => {
    await open('popup')
    await acceptAs(ben, await openPopup())
    await userLine(site.page).waitFor()
    await expect.poll(() => site.page.url()).toBe(bare())
  })

  test('leaves it once it was refused, and the next login works', async () => {
    await open('refused')
    await loginButton(site.page).click()
    await acceptAs(ada)
    await site.page.getByRole('heading', { name: 'You were not let in' }).waitFor()
    await site.page.getByRole('button', { name: 'Log in with another account' }).click()
    await submitCredentials(site.page, ada)
    await userLine(site.page).waitFor()
    expect(site.page.url()).toBe(bare())
  })

  test('leaves it once it was refused in a window', async () => {
    await open('refused-popup')
    await acceptAs(ada, await openPopup())
    await expect.poll(() => site.page.title()).toBe('auth/access-denied')
    expect(site.page.url()).toBe(bare())
    expect(await askedByNextLogin()).toEqual([undefined])
  })

  test('stays for another try when its window was closed', async () => {
    await open('closed')
    await (await openPopup()).close()
    await expect.poll(() => site.page.title()).toBe('auth/popup-closed')
    expect(await askedByNextLogin()).toEqual([`closed-${storage}`])
  })
})
