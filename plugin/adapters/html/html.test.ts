import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { ben, submitCredentials } from '../../testing/browser.ts'
import { setStage } from './testing/stage.ts'

const hostileName = '<img src=x onerror="document.title=1">'
const stage = setStage({
  changeSeed({ users }) {
    const [, reader] = users ?? []
    Object.assign(reader ?? {}, { name: hostileName, picture: 'javascript:document.title=1' })
  },
})

const button = (name: string) => stage.page.getByRole('button', { name, exact: true })
const heading = (name: string) => stage.page.getByRole('heading', { name })

/** Notes which headings can be seen in any frame of any page, and how much the layout shifts. */
async function watch(page: Page) {
  const seen = new Set<string>()
  await page.exposeFunction('tellSeen', (text: string) => void seen.add(text))
  await page.addInitScript(() => {
    const look = () => {
      for (const element of document.querySelectorAll('h1'))
        if (element.checkVisibility({ visibilityProperty: true }))
          (window as unknown as { tellSeen(text: string): void }).tellSeen(element.textContent)
      requestAnimationFrame(look)
    }
    look()
    Object.assign(window, { shift: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (window as unknown as { shift: number }).shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return { seen, shift: () => page.evaluate(() => (window as unknown as { shift: number }).shift) }
}

test('is what the guide shows', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '../../../docs', path), 'utf8')
  expect(read('html.md')).toContain(read('examples/html/index.html'))
})

test('costs a visitor without a session 2 KB and no request', async () => {
  const loaded: string[] = []
  stage.page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
  await stage.page.goto(stage.url())
  await button('Log in').waitFor()
  await stage.page.waitForLoadState('networkidle')
  expect(loaded).toEqual(['/', '/lowgate/lowgate.js'])
  expect(gzipSync(readFileSync(join(stage.scripts, 'lowgate.js'))).length).toBeLessThanOrEqual(2048)
})

test('logs in from a page and comes back to it, then logs out to the landing', async () => {
  const { page } = stage
  await page.goto(stage.url('/?color=red#more'))
  await stage.login()
  expect(page.url()).toBe(stage.url('/?color=red#more'))
  await page.getByText('Ada Byron').waitFor()
  await page.getByText('You may change orders.').waitFor()
  expect(await button('Become a member').isVisible()).toBe(false)
  expect(await page.getByText('You read for Acme North.').isVisible()).toBe(false)
  await page.goto(stage.url('/members/'))
  await button('Log out').click()
  await button('Log in').waitFor()
  expect(page.url()).toBe(stage.url())
  expect(await page.getByText('You may change orders.').isVisible()).toBe(false)
})

test('takes fields from attributes, and a page to come back to', async () => {
  const { page } = stage
  await page.goto(stage.url())
  await button('Become a member').click()
  await page.getByLabel('Email address').waitFor()
  const [sent] = await stage.control.requests('/authorize')
  expect(sent?.query).toMatchObject({ screen_hint: 'signup', redirect_uri: stage.url() })
  const query = new URLSearchParams({ ...sent?.query, screen_hint: 'login' })
  await page.goto(`${new URL(page.url()).origin}/authorize?${query}`)
  await submitCredentials(page)
  await heading('For members').waitFor()
  expect(page.url()).toBe(stage.url('/members/?first=yes#start'))
})

test('never shows a private page to a stranger, and returns there with query and hash', async () => {
  const { page } = stage
  const { seen } = await watch(page)
  await page.goto(stage.url('/members/?id=7#top'))
  await submitCredentials(page)
  await heading('For members').waitFor()
  expect(page.url()).toBe(stage.url('/members/?id=7#top'))
  await button('Log out here only').click()
  await button('Log in').waitFor()
  expect(page.url()).toBe(stage.url())
  seen.clear()
  await stage.context.clearCookies()
  await page.goto(stage.url('/Members/'))
  await page.getByLabel('Email address').waitFor()
  expect([...seen]).not.toContain('For members')
})

test('keeps a visitor without the role out in plain words', async () => {
  const { page } = stage
  const { seen } = await watch(page)
  await page.goto(stage.url('/managers.html'))
  await submitCredentials(page, ben)
  const dialog = page.getByRole('dialog', { name: 'You may not see this page.' })
  await dialog.getByRole('button', { name: 'Log in with another account' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await dialog.isVisible()).toBe(true)
  expect([...seen]).not.toContain('For managers')
  await dialog.getByRole('link', { name: 'Home page' }).click()
  await heading('Acme').waitFor()
})

test('says why a login was refused instead of asking for the next one', async () => {
  const { page } = stage
  const { seen } = await watch(page)
  await page.goto(stage.url('/members/'))
  await stage.control.denyNextLogin()
  await submitCredentials(page)
  const dialog = page.getByRole('dialog', { name: 'You were not let in.' })
  await dialog.getByRole('link', { name: 'Home page' }).waitFor()
  expect(page.url()).toBe(stage.url('/members/'))
  expect([...seen]).toEqual(['Welcome'])
  await dialog.getByRole('button', { name: 'Log in with another account' }).click()
  await submitCredentials(page)
  await heading('For members').waitFor()
  expect(page.url()).toBe(stage.url('/members/'))
})

test('opens a page that was refused once another tab logs in somebody who may see it', async () => {
  const { page } = stage
  await page.goto(stage.url('/managers.html'))
  await submitCredentials(page, ben)
  await page.getByRole('dialog', { name: 'You may not see this page.' }).waitFor()
  const other = await stage.context.newPage()
  await other.goto(stage.url())
  await other.evaluate(() => {
    void window.lowgate?.().then(({ client }) => client.loginWithRedirect({ prompt: 'login' }))
  })
  await submitCredentials(other)
  await heading('For managers').waitFor()
})

test('shows nothing early or to others that the page’s own styles call important', async () => {
  const { page } = stage
  const { seen } = await watch(page)
  stage.change((html) =>
    html
      .replace(
        '</head>',
        '<style>.visible{visibility:visible!important}p.d-flex.d-flex{display:flex!important}</style></head>',
      )
      .replace('<h1', '<p class="d-flex" data-lowgate-show="role:Owner">For owners</p><h1 class="visible"'),
  )
  await page.goto(stage.url('/members/'))
  await page.getByLabel('Email address').waitFor()
  expect([...seen]).toEqual(['Welcome'])
  await submitCredentials(page)
  await heading('For members').waitFor()
  expect(await page.getByText('For owners').isVisible()).toBe(false)
})

test('leaves another provider’s answer in an address alone', async () => {
  await stage.page.goto(stage.url('/?code=1&state=2'))
  await button('Log in').waitFor()
  expect(stage.page.url()).toBe(stage.url('/?code=1&state=2'))
  expect(await stage.control.requests('/oauth/token')).toEqual([])
})

test('shows claims as text, and no address that could run as a picture', async () => {
  await stage.page.goto(stage.url())
  await stage.login(ben)
  await stage.page.getByText(hostileName).waitFor()
  expect(await stage.page.locator('img').getAttribute('src')).toBeNull()
  expect(await stage.page.title()).toBe('Acme')
})

test('does nothing with an address of elsewhere, an unknown field or a value that cannot be, and says so', async () => {
  const { page } = stage
  await page.goto(stage.url())
  const spoil = (attributes: Record<string, string>) =>
    page.evaluate((attributes) => {
      const element = document.createElement('button')
      element.textContent = 'Spoilt'
      for (const entry of Object.entries(attributes)) element.setAttribute(...entry)
      document.querySelector('nav')?.replaceChildren(element)
    }, attributes)
  const said = page.getByRole('alert')

  for (const target of [
    'javascript:alert(1)',
    'https://evil.test/',
    '//evil.test/',
    `${stage.url()}/evil.test/`,
  ]) {
    await spoil({ 'data-lowgate-action': 'loginWithRedirect', 'data-lowgate-target': target })
    await button('Spoilt').click()
    await said.filter({ hasText: 'The page to go to no longer exists.' }).waitFor()
  }
  await spoil({ 'data-lowgate-action': 'loginWithRedirect', 'data-lowgate-colour': 'red' })
  await button('Spoilt').click()
  await said.filter({ hasText: 'This action has no field “colour”.' }).waitFor()
  await spoil({ 'data-lowgate-action': 'loginWithRedirect', 'data-lowgate-max-age': 'soon' })
  await button('Spoilt').click()
  await said.filter({ hasText: '“Maximum age” must be a number of at least 0.' }).waitFor()
  expect(await button('Spoilt').getAttribute('data-lowgate-state')).toBe('invalid')

  // Without a place of the page's own, in a dialog.
  await page.evaluate(() => document.querySelector('[data-lowgate-error]')?.remove())
  await spoil({ 'data-lowgate-action': 'logIn' })
  await button('Spoilt').click()
  const dialog = page.getByRole('dialog', { name: 'There is no action named “logIn”.' })
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => dialog.count()).toBe(0)
  expect(await stage.control.requests('/authorize')).toEqual([])
})

test('treats parts that come later like those that were there', async () => {
  const { page } = stage
  await page.goto(stage.url())
  await stage.login(ben)
  await page.evaluate(() =>
    document.body.insertAdjacentHTML(
      'beforeend',
      `<p data-lowgate-show="role:Reader">For readers</p>
       <p data-lowgate-show="role:Reader,
         role:Owner">For either</p>
       <p data-lowgate-show="role:Manager, role:Owner">For others</p>
       <p data-lowgate-show="rolle:Reader">Misspelt</p>
       <p data-lowgate-show="authenticated" data-lowgate-text="user.email"></p>
       <p data-lowgate-text="user.constructor">Nothing</p>`,
    ),
  )
  await page.getByText('For readers').waitFor()
  await page.getByText('For either').waitFor()
  await page.getByText('ben@acme.example').waitFor()
  expect(await page.getByText('For others').isVisible()).toBe(false)
  expect(await page.getByText('Misspelt').isVisible()).toBe(false)
  expect(await page.getByText('Misspelt').getAttribute('data-lowgate-state')).toBe('invalid')
  expect(await page.getByText('Nothing').isVisible()).toBe(true)
})

test('never shifts the layout, whoever the visitor is', async () => {
  const { page } = stage
  const { shift } = await watch(page)
  const settle = async () => {
    await page.getByText('Everyone may read this.').waitFor()
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
  }
  await page.goto(stage.url())
  await settle()
  expect(await shift()).toBe(0)
  await stage.login(ben)
  for (const path of ['/', '/', '/members/']) {
    await page.goto(stage.url(path))
    await page.getByText('Log out', { exact: true }).waitFor()
  }
  await page.goto(stage.url())
  await button('Log out').waitFor()
  await settle()
  expect(await shift()).toBe(0)
})

test('takes a double click for one', async () => {
  const { page } = stage
  await page.goto(stage.url())
  await page.evaluate(() => {
    const button = document.querySelector<HTMLElement>('[data-lowgate-action]')
    button?.click()
    button?.click()
  })
  await page.getByLabel('Email address').waitFor()
  expect(await stage.control.requests('/authorize')).toHaveLength(1)
})

test('guards a page that a script shows without loading one', async () => {
  const { page } = stage
  const { seen } = await watch(page)
  await page.goto(stage.url())
  await heading('Acme').waitFor()
  await page.evaluate(() => {
    history.pushState(null, '', '/members/')
    document.body.innerHTML = '<h1>For members</h1>'
  })
  await page.getByLabel('Email address').waitFor()
  expect([...seen]).not.toContain('For members')
  await submitCredentials(page)
  await heading('For members').waitFor()
  expect(page.url()).toBe(stage.url('/members/'))
  await page.evaluate(() => {
    history.pushState(null, '', '/')
    document.body.innerHTML = '<h1>Open to all</h1>'
  })
  await heading('Open to all').waitFor()
})

test('follows a login in a window of its own and a logout in another tab', async () => {
  const { page } = stage
  await page.goto(stage.url())
  await page.evaluate(() => {
    document.querySelector('[data-lowgate-action]')?.setAttribute('data-lowgate-action', 'loginWithPopup')
  })
  const opened = page.waitForEvent('popup')
  await button('Log in').click()
  await submitCredentials(await opened)
  await page.getByText('You may change orders.').waitFor()
  await page.goto(stage.url('/members/'))
  await heading('For members').waitFor()
  const other = await stage.context.newPage()
  await other.goto(stage.url('/members/'))
  await other.getByRole('button', { name: 'Log out here only' }).click()
  await expect.poll(() => page.url()).toBe(stage.url())
  await button('Log in').waitFor()
})

test.each<[string, (html: string) => string, RegExp]>([
  ['not JSON', (html) => html.replace('"settings"', 'settings'), /cannot be read/],
  [
    'with a star inside a name',
    (html) => html.replace('"/managers"', '"/managers*"'),
    /Write \* only at the end, after a slash/,
  ],
  [
    'with a misspelt setting',
    (html) => html.replace('rolesClaim', 'roleClaim'),
    /Unrecognized key: "roleClaim"/,
  ],
  ['about a misspelt role', (html) => html.replace('role:Manager"', 'rolle:Manager"'), /“rolle:Manager”/],
])('hides a private page and its parts while the settings are %s', async (_, spoil, said) => {
  const { page } = stage
  stage.change(spoil)
  await page.goto(stage.url('/members/'))
  await page.getByRole('dialog', { name: said }).waitFor()
  expect(await heading('For members').isVisible()).toBe(false)
  expect(await button('Log out').isVisible()).toBe(false)
})

test('hides the parts where the script cannot be loaded', async () => {
  stage.change((html) => html.replace('lowgate.js', 'gone.js'))
  await stage.page.goto(stage.url())
  await heading('Acme').waitFor()
  expect(await stage.page.getByText('You may change orders.').isVisible()).toBe(false)
})
