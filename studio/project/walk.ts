import type { Block, Page, Project, Step, Workflow } from './schema.ts'

/** Every block of a list, those inside containers too, in reading order. */
export function* blocksIn(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block
    yield* blocksIn(block.blocks ?? [])
  }
}

/** Every step of a list, those inside branches too, in the order they could run. */
export function* stepsIn(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step
    yield* stepsIn(step.then ?? [])
    yield* stepsIn(step.otherwise ?? [])
  }
}

/** Ids share one space over pages, blocks, workflows and user groups; steps have theirs inside a workflow. */
export function* idsOf({ pages, workflows, userGroups }: Project): Generator<string> {
  for (const page of pages) {
    yield page.id
    for (const block of blocksIn(page.blocks)) yield block.id
  }
  for (const { id } of workflows) yield id
  for (const { id } of userGroups) yield id
}

/** @throws Error when there is none */
export function pageOf(project: Project, pageId: string): Page {
  const page = project.pages.find(({ id }) => id === pageId)
  if (!page) throw new Error(`There is no page “${pageId}”.`)
  return page
}

/** @throws Error when there is none */
export function blockOf(project: Project, blockId: string): Block {
  for (const page of project.pages)
    for (const block of blocksIn(page.blocks)) if (block.id === blockId) return block
  throw new Error(`There is no block “${blockId}”.`)
}

/** @throws Error when there is none */
export function workflowOf(project: Project, workflowId: string): Workflow {
  const workflow = project.workflows.find(({ id }) => id === workflowId)
  if (!workflow) throw new Error(`There is no workflow “${workflowId}”.`)
  return workflow
}
