import { kindOf, type BlockType } from '../block-kinds.ts'
import { newId } from '../new-id.ts'
import type { Block, Project } from '../schema.ts'
import { blockOf, blocksIn, idsOf, pageOf } from '../walk.ts'
import { findIn, moveBetween } from './lists.ts'
import { stepThrough } from './step-through.ts'

const nested = { listsOf: (block: Block) => [block.blocks] }

/** Where a block is: directly on its page, or inside a container. */
export interface BlockPlace {
  pageId: string
  /** The container's id; absent on the page itself. */
  inside?: string | undefined
  index: number
}

function listAt(project: Project, { pageId, inside }: Omit<BlockPlace, 'index'>): Block[] {
  if (!inside) return pageOf(project, pageId).blocks
  const container = blockOf(project, inside)
  return (container.blocks ??= [])
}

/** @returns the id of the new block */
export function addBlock(project: Project, type: BlockType, { index, ...place }: BlockPlace): string {
  const id = newId(type, idsOf(project))
  listAt(project, place).splice(index, 0, {
    id,
    type,
    values: kindOf({ type }).isContainer ? { visibleTo: 'authenticated' } : {},
    ...(kindOf({ type }).isContainer && { blocks: [] }),
  })
  return id
}

/** Moves a block on its page. A container never moves into itself. */
export function moveBlock(project: Project, blockId: string, { index, ...place }: BlockPlace): void {
  const from = findIn(pageOf(project, place.pageId).blocks, blockId, nested)
  if (from) moveBetween(from, listAt(project, place), index, nested)
}

/** Removes a block with what is inside, and the workflows that they start. */
export function removeBlock(project: Project, pageId: string, blockId: string): void {
  const found = findIn(pageOf(project, pageId).blocks, blockId, nested)
  if (!found) return
  const gone = new Set([...blocksIn(found.list.splice(found.index, 1))].map(({ id }) => id))
  project.workflows = project.workflows.filter(
    ({ trigger }) => trigger.type !== 'click' || !gone.has(trigger.blockId),
  )
}

/** Moves a block one place up or down, into and out of containers. @returns whether it moved */
export const stepBlock = (
  project: Project,
  pageId: string,
  blockId: string,
  direction: 'up' | 'down',
): boolean => stepThrough(pageOf(project, pageId).blocks, blockId, nested.listsOf, direction)
