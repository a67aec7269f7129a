import { callbackPath, loggedOutPath, type PageReference } from 'lowgate/contract'
import { toText } from '../bindings.ts'
import { hasParameters, shapeOf } from '../page-paths.ts'
import type { Page, Project } from '../schema.ts'
import { allSteps, pagesNamedBy } from './references.ts'
import { identity, type ProjectTrouble } from './project-trouble.ts'

const isPublic = ({ access }: Page): boolean => access === 'everyone'

/** Whether a reference fills in every parameter of the page's path. */
const namesParameters = ({ path }: Page, { params = {} }: PageReference): boolean =>
  [...path.matchAll(/:([A-Za-z0-9]+)/g)].every(([, name = '']) => params[name])

/** Paths that hide each other or Lowgate's own two. */
function* pathProblems({ pages, languages: [, ...otherLanguages] }: Project): Generator<ProjectTrouble> {
  for (const [index, { id, name, path }] of pages.entries()) {
    const at = { pageId: id }
    if (path === callbackPath || path === loggedOutPath)
      yield {
        ...identity('path-reserved', id),
        severity: 'error',
        title: `“${name}” has the path ${path}, which logging in and out needs for itself.`,
        cure: 'Give the page another path.',
        at,
      }
    if (otherLanguages.includes(path.split('/')[1] ?? ''))
      yield {
        ...identity('path-language', id),
        severity: 'error',
        title: `“${name}” can never be seen: ${path} is the address of the site in another language.`,
        cure: 'Give the page another path, or remove the language.',
        at,
      }
    const twin = pages.slice(0, index).find((other) => shapeOf(other.path) === shapeOf(path))
    if (twin)
      yield {
        ...identity('path-twice', id),
        severity: 'error',
        title: `“${name}” can never be seen: “${twin.name}” has the same path ${path}.`,
        cure: 'Give one of the two another path.',
        at,
      }
  }
}

/** Pages that the redirects of logging in lead to, but that need a login themselves. */
function* redirectProblems({ pages, settings, homePageId }: Project): Generator<ProjectTrouble> {
  const find = (id: string | undefined) => pages.find((page) => page.id === id)
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
        at: { screen: 'authentication' },
      }
    else if (hasParameters(page.path) && !namesParameters(page, reference))
      yield {
        ...identity(`${setting}-parameters`),
        severity: 'error',
        title: `The ${words} “${page.name}” cannot be opened: nothing fills in the parameters of ${page.path}.`,
        cure: 'Choose a page whose path has no parameters.',
        at: { screen: 'authentication' },
      }
    else if (setting === 'loginPage' ? !isPublic(page) : typeof page.access === 'object')
      yield {
        ...identity(`${setting}-private`),
        severity: 'error',
        title:
          setting === 'loginPage'
            ? `The login page “${page.name}” can only be seen after a login, so nobody gets in.`
            : `“${page.name}” is for denied visitors, but denies some of them itself: they go round in a loop.`,
        cure: `Let ${setting === 'loginPage' ? 'everyone' : 'every logged-in visitor'} see “${page.name}”, or choose another ${words}.`,
        at: { pageId: page.id },
      }
  }
  const home = find(homePageId)
  if (home && hasParameters(home.path))
    yield {
      ...identity('home-parameters'),
      severity: 'error',
      title: `The home page “${home.name}” cannot be opened: nothing fills in the parameters of ${home.path}.`,
      cure: 'Choose a home page whose path has no parameters.',
      at: { screen: 'settings' },
    }
  if (home && !isPublic(home) && !settings.loginPage)
    yield {
      ...identity('home-private'),
      severity: 'warning',
      title: `“${home.name}” is the home page and needs a login: a visitor who logs out is sent straight back to the login.`,
      cure: 'Let everyone see the home page, choose a login page, or give each Logout a page to land on.',
      at: { pageId: home.id },
    }
}

/** Pages that nothing leads to, and steps that lead to pages that are gone. */
function* reachProblems(project: Project): Generator<ProjectTrouble> {
  const named = new Set([project.homePageId])
  for (const reference of [project.settings.loginPage, project.settings.deniedPage])
    if (reference) named.add(reference.pageId)
  for (const { step, at } of allSteps(project))
    for (const reference of pagesNamedBy(step)) {
      const { pageId } = reference
      named.add(pageId)
      const page = project.pages.find(({ id }) => id === pageId)
      if (page && !namesParameters(page, reference))
        yield {
          ...identity('page-parameters', `${at.blockId ?? at.event ?? at.pageId}:${step.id}`),
          severity: 'error',
          title: `A step leads to “${page.name}” without filling in the parameters of ${page.path}.`,
          cure: 'Fill them in under the page that the step names.',
          at,
        }
      if (!page)
        yield {
          ...identity('page-missing', `${step.id}:${toText(pageId)}`),
          severity: 'error',
          title: 'A step leads to a page that was deleted.',
          cure: 'Choose another page in the step.',
          at,
        }
    }
  for (const { id, name, path, inMenu } of project.pages)
    if (!named.has(id) && (!inMenu || hasParameters(path)))
      yield {
        ...identity('unreachable', id),
        severity: 'warning',
        title: `Nothing leads to “${name}”.`,
        cure: 'Show it in the menu, or add a step “Go to page” that names it.',
        at: { pageId: id },
      }
}

export const checkPages = (project: Project): ProjectTrouble[] => [
  ...pathProblems(project),
  ...redirectProblems(project),
  ...reachProblems(project),
]
