import type { Browser, BrowserContext, Page } from '@playwright/test'
import {
  hostCases,
  type HostPage,
  type HostPerson,
  type HostTab,
  type HostUnderTest,
} from 'lowgate/host-tests'
import type { Site } from './host-test.ts'

/** What differs between the apps of the tests. */
export interface HostDetails extends Pick<HostUnderTest, 'isPrivateFile' | 'deniedHeadline'> {
  /** The paths of the three pages. Default: `/`, `/members` and `/managers`. */
  paths?: Record<keyof HostUnderTest['pages'], string>
  /** What their `h1` says. Default: “Home”, “Members” and “Managers”. */
  headlines?: Record<keyof HostUnderTest['pages'], string>
  /** Finds the element that shows the visitor’s e-mail address. Default: the `status`. */
  visitor?: string
}

/** Of the demo tenant. */
export const people = {
  manager: { email: 'ada@acme.example', password: 'Ada-Loves-Engines-1' },
  member: { email: 'ben@acme.example', password: 'Ben-Reads-Orders-2' },
  blocked: { email: 'cleo@acme.example', password: 'Cleo-Is-Blocked-3' },
}
const buttons = { login: 'Log in', logout: 'Log out' }

async function newTab(context: BrowserContext, visitor: string): Promise<HostTab> {
  const page = await context.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const headlines: string[] = []
  await page.exposeFunction('noteHeadline', (text: string) => headlines.push(text))
  await page.addInitScript(() => {
    const { noteHeadline } = window as unknown as { noteHeadline(text: string): void }
    const noted = new Set<string>()
    const note = () => {
      for (const h1 of document.querySelectorAll('h1'))
        if (!noted.has(h1.textContent) && h1.checkVisibility({ visibilityProperty: true })) {
          noted.add(h1.textContent)
          noteHeadline(h1.textContent)
        }
    }
    new MutationObserver(note).observe(document, { childList: true, subtree: true, characterData: true })
    // A style sheet shows and hides without a change of the document.
    const noteFrame = () => {
      note()
      requestAnimationFrame(noteFrame)
    }
    noteFrame()
  })
  const textOf = async (selector: string) => {
    // Whatever is on show now: a page that is being left has neither.
    const [text] = await page
      .locator(selector)
      .allInnerTexts()
      .catch(() => [])
    return text
  }
  return {
    goto: (address) => page.goto(address),
    url: () => page.url(),
    press: (button, times) =>
      page.getByRole('button', { name: buttons[button], exact: true }).click({ clickCount: times }),
    logIn: (person) => logInAtTenant(page, person),
    isAtLogin: () => page.getByLabel('Password', { exact: true }).isVisible(),
    visitor: async () => /\S+@\S+/.exec((await textOf(visitor)) ?? '')?.[0],
    // Where the page itself may not be seen, an error may be told in a dialog.
    headline: () => textOf('h1:visible, dialog h2:visible'),
    headlines: () => headlines,
    requests: () => requests,
  }
}

/** Fills in the tenant's login page. */
export async function logInAtTenant(
  page: Page,
  { email, password }: HostPerson = people.manager,
): Promise<void> {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

/**
 * The cases of `lowgate/host-tests` for an app that shows the visitor's e-mail address, has the buttons “Log in” and “Log
 * out” on its open page, and names each page in its `h1`.
 */
export function casesFor({
  paths = { open: '/', members: '/members', managers: '/managers' },
  headlines = { open: 'Home', members: 'Members', managers: 'Managers' },
  visitor = '[role=status]',
  ...details
}: HostDetails = {}) {
  return hostCases.map(({ title, run }) => ({
    title,
    run: async ({ browser, site }: { browser: Browser; site: Pick<Site, 'origin'> }) => {
      const page = (name: keyof HostUnderTest['pages']): HostPage => ({
        address: site.origin + paths[name],
        headline: headlines[name],
      })
      await run({
        ...details,
        people,
        pages: { open: page('open'), members: page('members'), managers: page('managers') },
        async openBrowser() {
          const context = await browser.newContext()
          return { newTab: () => newTab(context, visitor), close: () => context.close() }
        },
      })
    },
  }))
}
