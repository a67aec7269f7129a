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
  /** The paths of the pages “Home”, “Members” and “Managers”. Default: `/`, `/members` and `/managers`. */
  paths?: { open: string; members: string; managers: string }
}

/** Of the demo tenant. */
export const people = {
  manager: { email: 'ada@acme.example', password: 'Ada-Loves-Engines-1' },
  member: { email: 'ben@acme.example', password: 'Ben-Reads-Orders-2' },
  blocked: { email: 'cleo@acme.example', password: 'Cleo-Is-Blocked-3' },
}
const buttons = { login: 'Log in', logout: 'Log out' }

async function newTab(context: BrowserContext): Promise<HostTab> {
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
    async visitor() {
      const text = await textOf('[role=status]')
      return text?.includes('@') ? text : undefined
    },
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
 * The cases of `lowgate/host-tests` for an app that shows the visitor's e-mail address or “nobody” in a `status`, has the
 * buttons “Log in” and “Log out”, and names each page in its `h1`.
 */
export function casesFor(details: HostDetails = {}) {
  const { open = '/', members = '/members', managers = '/managers' } = details.paths ?? {}
  return hostCases.map(({ title, run }) => ({
    title,
    run: async ({ browser, site }: { browser: Browser; site: Site }) => {
      const page = (path: string, headline: string): HostPage => ({ address: site.origin + path, headline })
      await run({
        ...details,
        people,
        pages: {
          open: page(open, 'Home'),
          members: page(members, 'Members'),
          managers: page(managers, 'Managers'),
        },
        async openBrowser() {
          const context = await browser.newContext()
          return { newTab: () => newTab(context), close: () => context.close() }
        },
      })
    },
  }))
}
