import { newId, toSlug } from '../new-id.ts'
import type { Block, Page, Project, Trigger } from '../schema.ts'
import { shapeOf } from '../page-paths.ts'
import { blocksIn, idsOf, pageOf } from '../walk.ts'

/** `path`, or the first of `path-2`, `path-3` … that no page has; `/orders-2/:id` where it ends with parameters. */
function freePath(project: Project, path: string): string {
  const taken = new Set(project.pages.map((page) => shapeOf(page.path)))
  const [, fixed = '', parameters = ''] = /^(.*?)((?:\/:[^/]+)*)$/.exec(path) ?? []
  const numbered = (number: number) =>
    number < 2 ? path : `${(fixed || '/page').slice(0, 150)}-${number}${parameters}`
  let number = 1
  while (taken.has(shapeOf(numbered(number)))) number += 1
  return numbered(number)
}

/** @returns the new page's id */
export function addPage(project: Project, name: string): string {
  const slug = toSlug(name) || 'page'
  const id = newId(slug, idsOf(project))
  project.pages.push({
    id,
    name,
    path: freePath(project, `/${slug}`),
    access: 'everyone',
    inMenu: true,
    blocks: [],
  })
  return id
}

/** Copies a page with its blocks, and the workflows of both, right after it. @returns the copy's id */
export function duplicatePage(project: Project, pageId: string): string {
  const original = pageOf(project, pageId)
  const renamed = new Map<string, string>()
  const rename = (id: string): string => {
    const fresh = newId(id, [...idsOf(project), ...renamed.values()])
    renamed.set(id, fresh)
    return fresh
  }
  const copyBlock = (block: Block): Block => ({
    ...structuredClone(block),
    id: rename(block.id),
    ...(block.blocks && { blocks: block.blocks.map(copyBlock) }),
  })
  const plain = JSON.parse(JSON.stringify(original)) as Page
  const copy: Page = {
    ...plain,
    id: rename(plain.id),
    name: `${plain.name.slice(0, 100)} copy`,
    path: freePath(project, plain.path === '/' ? '/copy' : plain.path),
    blocks: plain.blocks.map(copyBlock),
  }
  const copyTrigger = (trigger: Trigger): Trigger | undefined => {
    const fresh = renamed.get(
      trigger.type === 'click' ? trigger.blockId : trigger.type === 'page-load' ? trigger.pageId : '',
    )
    if (!fresh) return undefined
    return trigger.type === 'click' ? { type: 'click', blockId: fresh } : { type: 'page-load', pageId: fresh }
  }
  project.pages.splice(project.pages.indexOf(original) + 1, 0, copy)
  for (const { id, trigger, steps } of [...project.workflows]) {
    const copied = copyTrigger(trigger)
    if (copied)
      project.workflows.push({
        id: newId(id, idsOf(project)),
        trigger: copied,
        steps: JSON.parse(JSON.stringify(steps)) as typeof steps,
      })
  }
  return copy.id
}

/** Removes a page with its workflows. The home page stays: choose another one first. */
export function removePage(project: Project, pageId: string): void {
  if (pageId === project.homePageId) return
  const gone = new Set([...blocksIn(pageOf(project, pageId).blocks)].map(({ id }) => id))
  project.pages = project.pages.filter(({ id }) => id !== pageId)
  project.workflows = project.workflows.filter(({ trigger }) =>
    trigger.type === 'click'
      ? !gone.has(trigger.blockId)
      : trigger.type !== 'page-load' || trigger.pageId !== pageId,
  )
}
