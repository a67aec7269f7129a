import {
  parametersOf,
  type Access,
  type PageReference,
  type PageSummary,
  type PublicSettings,
} from 'lowgate/contract'
import { identity, type SiteTrouble } from './site-trouble.ts'

/** What a host knows of the pages that its visitors are sent to. */
export interface LoginPageUse<Place> {
  pages: readonly (Pick<PageSummary, 'id' | 'name' | 'path'> & {
    access: Access
    /** Where its access is changed, in the host's own words. */
    at: Place
  })[]
  /** The page that a logout leads to. */
  homePageId: string
  settings: PublicSettings
}

/** Whether a reference fills in every parameter of the page's path. */
export const namesParameters = (path: string, { params = {} }: PageReference): boolean =>
  parametersOf(path).every((name) => params[name])

/** Pages that logging in and out leads to, but that are gone, cannot be opened, or need a login themselves. */
export function* checkLoginPages<Place>({
  pages,
  homePageId,
  settings,
}: LoginPageUse<Place>): Generator<SiteTrouble<Place>> {
  const find = (id: string) => pages.find((page) => page.id === id)
  for (const [setting, words] of [
    ['loginPage', 'login page'],
    ['deniedPage', 'page for denied visitors'],
  ] as const) {
    const reference = settings[setting]
    if (!reference) continue
    const page = find(reference.pageId)
    if (!page)
      yield {
        ...identity(`${setting}-missing`),
        severity: 'error',
        title: `The ${words} was deleted.`,
        cure: 'Choose another page, or none.',
      }
    else if (!namesParameters(page.path, reference))
      yield {
        ...identity(`${setting}-parameters`),
        severity: 'error',
        title: `The ${words} “${page.name}” cannot be opened: nothing fills in the parameters of ${page.path}.`,
        cure: 'Choose a page whose path has no parameters.',
      }
    else if (setting === 'loginPage' ? page.access !== 'everyone' : typeof page.access === 'object')
      yield {
        ...identity(`${setting}-private`),
        severity: 'error',
        title:
          setting === 'loginPage'
            ? `The login page “${page.name}” can only be seen after a login, so nobody gets in.`
            : `“${page.name}” is for denied visitors, but denies some of them itself: they go round in a loop.`,
        cure: `Let ${setting === 'loginPage' ? 'everyone' : 'every logged-in visitor'} see “${page.name}”, or choose another ${words}.`,
        at: page.at,
      }
  }
  const home = find(homePageId)
  if (home && home.access !== 'everyone' && !settings.loginPage)
    yield {
      ...identity('home-private'),
      severity: 'warning',
      title: `“${home.name}” is the home page and needs a login: a visitor who logs out is sent straight back to the login.`,
      cure: 'Let everyone see the home page, choose a login page, or give each Logout a page to land on.',
      at: home.at,
    }
}
