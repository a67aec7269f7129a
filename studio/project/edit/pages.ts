import { newId, toSlug } from '../new-id.ts'
import type { Block, Page, Project } from '../schema.ts'
import { blocksIn, idsOf, pageOf } from '../walk.ts'

/** `path`, or the first of `path-2`, `path-3` … that no page has. */
function freePath(project: Project, path: string): string {
  const taken = new Set(project.pages.map((page) => page.path))
  if (!taken.has(path)) return path
  let number = 2
  while (taken.has(`${path}-${number}`)) number += 1
  return `${path}-${number}`
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

/** Copies a page with its blocks and their workflows, right after it. @returns the copy's id */
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
    name: `${plain.name} copy`,
    path: freePath(project, plain.path === '/' ? '/copy' : plain.path),
    blocks: plain.blocks.map(copyBlock),
  }
  const clicks = project.workflows.flatMap(({ trigger, steps }) => {
    const blockId = trigger.type === 'click' && renamed.get(trigger.blockId)
    return blockId ? [{ blockId, steps: JSON.parse(JSON.stringify(steps)) as typeof steps }] : []
  })
  project.pages.splice(project.pages.indexOf(original) + 1, 0, copy)
  for (const { blockId, steps } of clicks)
    project.workflows.push({
      id: newId(`${blockId}-click`, idsOf(project)),
      trigger: { type: 'click', blockId },
      steps,
    })
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
