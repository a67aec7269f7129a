import type { Page, Project } from './schema.ts'
import { blocksIn } from './walk.ts'

/** One line of what differs between two versions, in the builder's words. */
export interface Difference {
  kind: 'added' | 'removed' | 'changed'
  what: string
  /** What changed in it. */
  details: string[]
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

interface Named {
  id: string
  name: string
}

function* compareLists<T extends Named>(
  word: string,
  before: readonly T[],
  after: readonly T[],
  detailsOf: (one: T, other: T) => string[],
): Generator<Difference> {
  for (const entry of after) {
    const old = before.find(({ id }) => id === entry.id)
    const what = `${word} “${entry.name}”`
    if (!old) yield { kind: 'added', what, details: [] }
    else if (!same(old, entry)) yield { kind: 'changed', what, details: detailsOf(old, entry) }
  }
  for (const { id, name } of before)
    if (!after.some((entry) => entry.id === id))
      yield { kind: 'removed', what: `${word} “${name}”`, details: [] }
}

function pageDetails(one: Page, other: Page): string[] {
  const before = [...blocksIn(one.blocks)]
  const after = [...blocksIn(other.blocks)]
  const ids = (blocks: typeof before) => blocks.map(({ id }) => id)
  const added = after.filter(({ id }) => !ids(before).includes(id)).length
  const removed = before.filter(({ id }) => !ids(after).includes(id)).length
  const changed = after.filter((block) => {
    const old = before.find(({ id }) => id === block.id)
    return old && !same([old.values, old.translations], [block.values, block.translations])
  }).length
  const isMoved = !added && !removed && !same(ids(before), ids(after))
  return [
    ...(one.name === other.name ? [] : [`renamed from “${one.name}”`]),
    ...(one.path === other.path ? [] : [`path ${one.path} → ${other.path}`]),
    ...(same(one.access, other.access) ? [] : ['who can see it']),
    ...(one.inMenu === other.inMenu ? [] : [other.inMenu ? 'shown in the menu' : 'hidden from the menu']),
    ...(added ? [`${added} added`] : []),
    ...(removed ? [`${removed} removed`] : []),
    ...(changed ? [`${changed} changed`] : []),
    ...(isMoved ? ['new order'] : []),
  ]
}

function* compareSettings(before: Project, after: Project): Generator<Difference> {
  if (before.name !== after.name)
    yield { kind: 'changed', what: `Name “${before.name}” → “${after.name}”`, details: [] }
  if (before.homePageId !== after.homePageId) yield { kind: 'changed', what: 'Home page', details: [] }
  if (!same(before.languages, after.languages))
    yield { kind: 'changed', what: 'Languages', details: [after.languages.join(', ')] }
  const { connections: one, ...othersBefore } = before.settings
  const { connections: other, ...othersAfter } = after.settings
  for (const environment of new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof typeof one>)
    if (!same(one[environment], other[environment]))
      yield {
        kind: !one[environment] ? 'added' : !other[environment] ? 'removed' : 'changed',
        what: `Connection for ${environment}`,
        details: other[environment] ? [other[environment].domain] : [],
      }
  if (!same(othersBefore, othersAfter))
    yield { kind: 'changed', what: 'Authentication settings', details: [] }
}

/** What is different in `after`; empty when nothing is. */
export const compareProjects = (before: Project, after: Project): Difference[] => [
  ...compareSettings(before, after),
  ...compareLists('Page', before.pages, after.pages, pageDetails),
  ...compareLists('User group', before.userGroups, after.userGroups, (_, { roles }) => [roles.join(', ')]),
  ...compareLists(
    'Workflow',
    before.workflows.map((workflow) => ({ ...workflow, name: workflow.id })),
    after.workflows.map((workflow) => ({ ...workflow, name: workflow.id })),
    (_, { steps }) => [steps.map(({ action }) => action).join(' → ')],
  ),
]
