/**
 * What every host of Lowgate must do for a visitor, as cases that run in any test runner and with any driver of a
 * browser. The tenant may be a local one or a real one.
 *
 * @module
 */
import { loadTrouble, LowgateError, type ErrorCode } from '../../contract/index.ts'
import type { HostBrowser, HostTab, HostUnderTest } from './host-under-test.ts'

export type * from './host-under-test.ts'

/** One thing that a host must do. */
export interface HostCase {
  /** A sentence. */
  title: string
  /** Opens a browser, does it, and closes the browser. @throws an error in words where the host does otherwise */
  run(host: HostUnderTest): Promise<void>
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

/** Asks again and again, for 15 seconds at most. @throws with what was found last */
async function eventually<T>(what: string, read: () => T | Promise<T>, wanted: T): Promise<void> {
  const end = Date.now() + 15_000
  for (;;) {
    const found = await read()
    if (found === wanted) return
    check(Date.now() < end, `${what} should be ${String(wanted)}, and is ${String(found)}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const shows = (tab: HostTab, headline: string) =>
  eventually('What is on show', () => tab.headline(), headline)
const showsVisitor = (tab: HostTab, email: string | undefined) =>
  eventually('The visitor', () => tab.visitor(), email)
const titleOf = async (code: ErrorCode) => (await loadTrouble(new LowgateError(code))).title

const requestsTo = (tab: HostTab, path: string) =>
  tab.requests().filter((address) => new URL(address).pathname === path)

const expectOneLogin = (tab: HostTab) => {
  const asked = requestsTo(tab, '/authorize').length
  check(asked === 1, `The tenant should be asked for one login, and was asked for ${asked}.`)
}

type Act = (tab: HostTab, host: HostUnderTest, browser: HostBrowser) => Promise<void>

const defineCase = (title: string, act: Act): HostCase => ({
  title,
  async run(host) {
    const browser = await host.openBrowser()
    try {
      await act(await browser.newTab(), host, browser)
    } finally {
      await browser.close()
    }
  },
})

const addTo = (address: string, rest: string) => new URL(rest, address).href

/** Logs a member in on the open page. */
async function logInAsMember(tab: HostTab, { pages, people }: HostUnderTest): Promise<void> {
  await tab.goto(pages.open.address)
  await shows(tab, pages.open.headline)
  await tab.press('login', 1)
  await tab.logIn(people.member)
  await showsVisitor(tab, people.member.email)
}

/**
 * The cases, none of which needs another. Each takes a second or two.
 *
 * @example
 * import type { HostUnderTest } from 'lowgate/host-tests'
 * import { test } from 'vitest'
 *
 * export const testHost = (myHost: HostUnderTest) => test.each(hostCases)('$title', ({ run }) => run(myHost))
 */
export const hostCases: readonly HostCase[] = [
  defineCase('a private page is neither shown nor downloaded before a login', async (tab, host) => {
    const { members } = host.pages
    await tab.goto(members.address)
    await eventually('The tenant’s login page', () => tab.isAtLogin(), true)
    check(!tab.headlines().includes(members.headline), 'The private page was on show.')
    const files = tab.requests().filter((address) => host.isPrivateFile?.(address))
    check(!files.length, `These were downloaded: ${files.join(', ')}.`)
  }),
  defineCase(
    'a login leads back to the page that was asked for, query and hash included',
    async (tab, host) => {
      const { members } = host.pages
      const address = addTo(members.address, '?tab=lines&of=7#total')
      await tab.goto(address)
      await tab.logIn(host.people.member)
      await shows(tab, members.headline)
      await eventually('The address', () => tab.url(), address)
    },
  ),
  defineCase('a visitor logs in, and no code is left in the address', async (tab, host) => {
    await logInAsMember(tab, host)
    await eventually('The address', () => tab.url(), host.pages.open.address)
  }),
  defineCase('a visitor who comes back is still logged in', async (tab, host) => {
    await logInAsMember(tab, host)
    await tab.goto(host.pages.members.address)
    await shows(tab, host.pages.members.headline)
    expectOneLogin(tab)
  }),
  defineCase('a click that is repeated starts one login', async (tab, host) => {
    await tab.goto(host.pages.open.address)
    await shows(tab, host.pages.open.headline)
    await tab.press('login', 2)
    await tab.logIn(host.people.member)
    await showsVisitor(tab, host.people.member.email)
    expectOneLogin(tab)
  }),
  defineCase('another provider’s code and state stay where they are', async (tab, { pages }) => {
    const address = addTo(pages.open.address, '?code=of-another&state=of-another')
    await tab.goto(address)
    await shows(tab, pages.open.headline)
    await showsVisitor(tab, undefined)
    check(tab.url() === address, `The address became ${tab.url()}.`)
    check(!requestsTo(tab, '/oauth/token').length, 'The tenant was asked about another provider’s code.')
  }),
  defineCase('a forged answer to a login is not believed', async (tab, { pages }) => {
    await tab.goto(pages.members.address)
    await eventually('The tenant’s login page', () => tab.isAtLogin(), true)
    const [login = ''] = requestsTo(tab, '/authorize')
    const landing = new URL(login).searchParams.get('redirect_uri') ?? ''
    await tab.goto(addTo(landing, '?code=forged&state=forged'))
    // Where a page of the app is the landing, a state that is not ours may be that page’s own.
    const isPage = new URL(landing).pathname === new URL(pages.open.address).pathname
    await shows(tab, isPage ? pages.open.headline : await titleOf('auth/state-mismatch'))
    check(!requestsTo(tab, '/oauth/token').length, 'The tenant was asked about a forged code.')
    expectOneLogin(tab)
  }),
  defineCase('a page for managers shows to a manager', async (tab, { pages, people }) => {
    await tab.goto(pages.managers.address)
    await tab.logIn(people.manager)
    await shows(tab, pages.managers.headline)
  }),
  defineCase('one who is no manager reads that they may not see it', async (tab, host) => {
    const { managers } = host.pages
    await tab.goto(managers.address)
    await tab.logIn(host.people.member)
    await shows(tab, host.deniedHeadline ?? (await titleOf('auth/not-permitted')))
    check(!tab.headlines().includes(managers.headline), 'The page for managers was on show.')
    expectOneLogin(tab)
  }),
  defineCase('a refused login is said in words, and not tried again', async (tab, { pages, people }) => {
    await tab.goto(pages.members.address)
    await tab.logIn(people.blocked)
    await shows(tab, await titleOf('auth/access-denied'))
    expectOneLogin(tab)
  }),
  defineCase('a logout ends the session at the tenant too', async (tab, host) => {
    await logInAsMember(tab, host)
    await tab.press('logout', 1)
    await showsVisitor(tab, undefined)
    await shows(tab, host.pages.open.headline)
    await tab.goto(host.pages.members.address)
    await eventually('The tenant’s login page', () => tab.isAtLogin(), true)
    check(!tab.headlines().includes(host.pages.members.headline), 'The private page was on show.')
  }),
  defineCase('other tabs follow a login, and leave private pages at a logout', async (tab, host, browser) => {
    const { open, members } = host.pages
    const other = await browser.newTab()
    await other.goto(open.address)
    await shows(other, open.headline)
    await logInAsMember(tab, host)
    await showsVisitor(other, host.people.member.email)
    await other.goto(members.address)
    await shows(other, members.headline)
    await tab.press('logout', 1)
    await eventually(
      'Whether the private page is on show',
      async () => (await other.headline()) === members.headline,
      false,
    )
  }),
]
