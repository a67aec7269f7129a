import { callbackPath, loggedOutPath } from 'lowgate/contract'
import { checkLoginPages, identity, namesParameters } from '@lowgate/editor/checks'
import { toText } from '../bindings.ts'
import { hasParameters, shapeOf } from '../page-paths.ts'
import type { Project } from '../schema.ts'
import { allSteps, pagesNamedBy } from './references.ts'
import type { Place, ProjectTrouble } from './project-trouble.ts'

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

/** Pages that logging in and out leads to: every host's editor checks them alike. */
function* loginProblems({ pages, homePageId, settings }: Project): Generator<ProjectTrouble> {
  const placed = pages.map((page) => ({ ...page, at: { pageId: page.id } }))
  for (const trouble of checkLoginPages<Place>({ pages: placed, homePageId, settings }))
    yield { at: { screen: 'authentication' }, ...trouble }
  const home = pages.find(({ id }) => id === homePageId)
  if (home && hasParameters(home.path))
    yield {
      ...identity('home-parameters'),
      severity: 'error',
      title: `The home page “${home.name}” cannot be opened: nothing fills in the parameters of ${home.path}.`,
      cure: 'Choose a home page whose path has no parameters.',
      at: { screen: 'settings' },
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
      if (page && !namesParameters(page.path, reference))
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
  ...loginProblems(project),
  ...reachProblems(project),
]
