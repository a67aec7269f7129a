import { gzipSync } from 'node:zlib'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ada, ben, useSite } from './testing/site.ts'
import type { Design } from './testing/site/design.ts'

const site = useSite()
const { heading, submit } = site

const loaded = (part: string) => site.asked.filter((path) => path.includes(`assets/${part}`))
const address = () => site.page.evaluate(() => location.pathname + location.search + location.hash)
const told = () => site.page.evaluate(() => window.told)
const variable = async (name: string) => (await told()).variables[`f0f0-lowgate-${name}`]
const loggedIn = () => site.page.getByText('Logged in as ada@acme.example').waitFor()
const loginPage = () => site.page.getByLabel('Email address').waitFor()
const button = (name: string) => site.page.getByRole('button', { name, exact: true })
const link = (name: string) => site.page.getByRole('link', { name, exact: true })
const publicSettings = () => site.design.settings.publicData.settings
/** Where the tenant was told to send the visitor back to, by each login. */
const redirects = async () =>
  (await site.control.requests('/authorize')).map(({ query }) => query['redirect_uri'])

/** Calls a method of the plugin as WeWeb does; a failure comes back as its code. */
const call = (method: string, ...args: unknown[]) =>
  site.page.evaluate(
    async ([method, args]) => {
      const { lowgate } = (wwLib as unknown as { wwPlugins: Record<string, never> }).wwPlugins
      const run = lowgate?.[method] as unknown as (...args: unknown[]) => unknown
      try {
        return await run(...args)
      } catch (error) {
        return (error as { code?: string }).code
      }
    },
    [method, args] as const,
  )

/** That nothing of a page was shown or asked for so far. */
function expectHidden(page: string) {
  expect(site.seen.join('\n')).not.toContain(`Page: ${page}`)
  expect(site.asked.join('\n')).not.toContain(`data/${page}.json`)
}

describe('on a public page', () => {
  test('a visitor without a session downloads nothing of Lowgate but its first 2 kB', async () => {
    await site.page.goto(site.url('?code=theirs&state=theirs'))
    await heading('Page: home')
    await link('about').click()
    await heading('Page: about')
    expect(loaded('runtime').concat(loaded('sdk-client'))).toEqual([])
    expect(await call('_getUser')).toBeNull()
    expect(await told()).toMatchObject({ triggers: [], errors: [] })

    const sizes = await Promise.all(
      [site.sites.withPlugin, site.sites.without].map(async (folder) => {
        const [main = ''] = (await readdir(join(folder, 'assets'))).filter((file) => /^index.*js$/.test(file))
        return gzipSync(await readFile(join(folder, 'assets', main)), { level: 9 }).length
      }),
    )
    expect((sizes[0] ?? 0) - (sizes[1] ?? 0)).toBeLessThanOrEqual(2048)
  })

  test('another provider’s code and state are left alone, also while a login of this tab is under way', async () => {
    await site.page.goto(site.url('members/'))
    await loginPage()
    await site.page.goto(site.url('?code=theirs&state=theirs'))
    await heading('Page: home')
    expect(await address()).toBe('/?code=theirs&state=theirs')
    expect(await told()).toMatchObject({ triggers: [], errors: [] })
    expect(await variable('error')).toBeNull()
  })

  test('an action logs in and comes back to the page, which keeps its query and hash and loses the code', async () => {
    await site.page.goto(site.url('about/?from=ad#top'))
    await button('Log in').click()
    await submit()
    await loggedIn()
    expect(await address()).toBe('/about/?from=ad#top')
    // What the page keeps is not readable as a cookie, and a reload needs no frame of the tenant's.
    expect(await site.page.evaluate(() => document.cookie)).not.toMatch(/eyJ/)
    await site.control.clearRequests()
    await site.page.reload()
    await loggedIn()
    expect(await site.control.requests('/authorize')).toEqual([])
  })

  test('a login in another tab is followed', async () => {
    await site.page.goto(site.url())
    await heading('Page: home')
    const other = await site.context.newPage()
    await other.goto(site.url('members/'))
    await other.getByLabel('Email address').fill(ada.email)
    await other.getByLabel('Password', { exact: true }).fill(ada.password)
    await other.getByRole('button', { name: 'Continue', exact: true }).click()
    await loggedIn()
    expect((await told()).triggers).toEqual([
      ['f0f0-lowgate-login', expect.objectContaining({ email: ada.email })],
    ])
  })
})

describe('a visitor who asks for a private page', () => {
  test('by its address logs in and comes to it, and nothing of it is there before', async () => {
    await site.page.goto(site.url('members/?tab=2&q=a+b#part'))
    await loginPage()
    expectHidden('members')
    await submit()
    await heading('Page: members')
    expect(await address()).toBe('/members/?tab=2&q=a+b#part')
    await loggedIn()
    const { errors, triggers, variables } = await told()
    expect(errors).toEqual([])
    expect(triggers).toEqual([['f0f0-lowgate-login', expect.objectContaining({ email: ada.email })]])
    expect(variables).toMatchObject({
      'f0f0-lowgate-isAuthenticated': true,
      'f0f0-lowgate-isLoading': false,
      'f0f0-lowgate-roles': ['Manager'],
    })
    expect(await redirects()).toContain(site.url())
  })

  test('by a link logs in and comes to it', async () => {
    await site.page.goto(site.url())
    await link('members').click()
    await loginPage()
    expectHidden('members')
    await submit()
    await heading('Page: members')
    expect(await address()).toBe('/members/')
  })

  test('is taken to the site’s own page with a login, and from there to the private one', async () => {
    Object.assign(publicSettings() ?? {}, { loginPage: { pageId: 'about' } })
    await site.page.goto(site.url('members/?tab=2'))
    await heading('Page: about')
    expectHidden('members')
    expect(await call('_getUnauthenticatedPageId')).toBe('about')
    await button('Log in').click()
    await submit()
    await heading('Page: members')
    expect(await address()).toBe('/members/?tab=2')
  })

  test('in another language comes back by the landing of that language', async () => {
    await site.control.clearRequests()
    await site.page.goto(site.url('fr/members/'))
    await submit()
    await heading('Page: members')
    expect(await address()).toBe('/fr/members/')
    expect(await redirects()).toContain(site.url('fr/'))
  })

  test('and is refused at the login reads why in its place, and may try again', async () => {
    await site.control.denyNextLogin({ error: 'access_denied', error_description: 'user auth0|1 is blocked' })
    await site.page.goto(site.url('members/?tab=2'))
    await submit()
    await button('Log in with another account').waitFor()
    expect(await address()).toBe('/members/?tab=2')
    expectHidden('members')
    expect(site.seen.join()).not.toContain('auth0|1')
    expect(await variable('error')).toMatchObject({ code: 'auth/access-denied', title: expect.any(String) })
    expect((await told()).triggers).toEqual([
      ['f0f0-lowgate-error', expect.objectContaining({ code: 'auth/access-denied' })],
    ])
    await button('Log in with another account').click()
    await submit()
    await heading('Page: members')
  })
})

describe('a page for a role', () => {
  test('is refused to others, by its address and by a link, and shown to whoever has the role', async () => {
    await site.page.goto(site.url('managers/'))
    await submit(ben)
    await button('Log in with another account').waitFor()
    expect(await address()).toBe('/managers/')
    await site.page.goto(site.url())
    await heading('Page: home')
    await link('managers').click()
    await button('Log in with another account').waitFor()
    expectHidden('managers')
    expect(await call('_matchRoles', ['role-1'])).toBe(false)
    await button('Log in with another account').click()
    await submit()
    await heading('Page: managers')
    expect(await call('_getUserRoles')).toEqual(['Manager', 'role-1'])
    expect(await call('_matchRoles', ['role-1'])).toBe(true)
  })

  test('sends others to the site’s own page for that, and without a claim nobody has a role', async () => {
    const { settings } = site.design.settings.publicData
    delete settings?.rolesClaim
    Object.assign(settings ?? {}, { deniedPage: { pageId: 'about' } })
    await site.page.goto(site.url('managers/'))
    await submit()
    await heading('Page: about')
    expectHidden('managers')
    expect(await call('_getUserRoles')).toEqual([])
    expect(await call('_getUnauthorizedPageId')).toBe('about')
    expect((await told()).errors).toEqual([])
  })
})

describe('an action', () => {
  test('opens a page with parameters after the login, and says that a page is gone', async () => {
    await site.page.goto(site.url())
    expect(await call('loginWithRedirect', { target: { pageId: 'gone' } })).toBe('config/page-missing')
    expect(await call('loginWithRedirect', { target: { pageId: 'order', params: { id: '..' } } })).toBe(
      'config/page-missing',
    )
    expect(await call('loginWithRedirect', { screen: 'nowhere' })).toBe('input/invalid')
    const target = { pageId: 'order', params: { id: '7 b' }, query: { tab: '2' }, hash: 'lines' }
    await Promise.all([loginPage(), call('loginWithRedirect', { target }).catch(() => undefined)])
    await submit()
    await heading('Page: order')
    expect(await address()).toBe('/orders/7%20b/?tab=2#lines')
  })

  test('logs in by a window and resolves with the user; a window that the visitor closes is an error', async () => {
    await site.page.goto(site.url())
    const [closed] = await Promise.all([
      call('loginWithPopup'),
      site.page.waitForEvent('popup').then(async (popup) => {
        await popup.getByLabel('Email address').waitFor()
        await popup.close()
      }),
    ])
    expect(closed).toBe('auth/popup-closed')
    const [user] = await Promise.all([
      call('loginWithPopup'),
      site.page.waitForEvent('popup').then(async (popup) => {
        await popup.getByLabel('Email address').fill(ada.email)
        await popup.getByLabel('Password', { exact: true }).fill(ada.password)
        await popup.getByRole('button', { name: 'Continue', exact: true }).click()
      }),
    ])
    expect(user).toMatchObject({ email: ada.email })
    await loggedIn()
  })

  test('logs out, lands on the site’s own page and leaves nothing behind', async () => {
    await site.page.goto(site.url('fr/members/'))
    await submit()
    await heading('Page: members')
    await Promise.all([heading('Page: about'), call('logout', { target: 'about' }).catch(() => undefined)])
    expect(await address()).toBe('/fr/about/')
    expect(await site.page.evaluate(() => document.cookie + JSON.stringify(localStorage))).not.toMatch(/eyJ/)
    expect(await call('_isAuthenticated')).toBe(false)
    const [logout] = await site.control.requests('/v2/logout')
    expect(logout?.query['returnTo']).toBe(site.url('fr/'))
    await link('members').click()
    await loginPage()
  })
})

/** A site under a path, whose default language has a prefix too, with Lowgate’s own page rules. */
const underPath = (): Partial<Design> => ({
  authPluginId: null,
  baseTag: { href: '/shop/' },
  langs: [{ lang: 'en', default: true, isDefaultPath: true }, { lang: 'fr' }],
  pages: site.design.pages.map((page) => ({ ...page, pageUserGroups: [{ userGroup: null }] })),
})

describe('where WeWeb does not know the plugin as the project’s authentication', () => {
  test('Lowgate’s own rules guard a site under a path, whose root is a script that drops the query', async () => {
    Object.assign(site.design, underPath())
    Object.assign(site.design.settings.publicData, {
      access: { members: 'authenticated', managers: { groups: ['staff'] } },
      userGroups: [{ id: 'staff', name: 'Staff', roles: ['Nobody'] }],
      landingPageId: 'gone',
    })
    await site.control.clearRequests()
    await site.page.goto(site.url('en/members/?tab=2#part'))
    await loginPage()
    expectHidden('members')
    await submit()
    await heading('Page: members')
    expect(await address()).toBe('/shop/en/members/?tab=2#part')
    expect(await redirects()).toContain(site.url('en/'))
    await link('managers').click()
    await button('Log in with another account').waitFor()
    await site.page.getByRole('link', { name: 'Home page' }).click()
    await heading('Page: home')
    expect(await address()).toBe('/shop/en/')
  })
})

describe('a prerendered page', () => {
  test('is judged although it was on show before any plugin ran', async () => {
    site.design.prerendered = true
    await site.page.goto(site.url('members/?tab=2'))
    await submit()
    await heading('Page: members')
    await loggedIn()
    expect(await address()).toBe('/members/?tab=2')
    expect(await site.page.evaluate(() => !document.querySelector('[inert]'))).toBe(true)
    expect((await told()).errors).toEqual([])
    await site.page.goto(site.url('managers/'))
    await heading('Page: managers')
  })

  test('gives way to what refuses it, where the visitor can go on', async () => {
    site.design.prerendered = true
    await site.page.goto(site.url('managers/'))
    await submit(ben)
    await button('Log in with another account').click()
    await submit()
    await heading('Page: managers')
  })

  test('that everyone may see needs nothing of Lowgate', async () => {
    site.design.prerendered = true
    await site.page.goto(site.url())
    await heading('Page: home')
    await expect.poll(() => site.page.evaluate(() => !document.querySelector('[inert]'))).toBe(true)
    expect(loaded('runtime')).toEqual([])
  })
})
