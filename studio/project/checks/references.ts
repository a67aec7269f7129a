import { isBinding, type PageReference } from 'lowgate/contract'
import type { Project, Step, Workflow } from '../schema.ts'
import { blocksIn, stepsIn } from '../walk.ts'
import type { Place } from './project-trouble.ts'

const isPageReference = <T>(value: T): value is T & PageReference =>
  typeof value === 'object' && value !== null && 'pageId' in value && !isBinding(value)

/** The pages that a step's fields name. */
export const pagesNamedBy = ({ args }: Step): PageReference[] => Object.values(args).filter(isPageReference)

/** Where the workflow is edited. */
export function placeOf(project: Project, { trigger }: Workflow): Place {
  if (trigger.type === 'session') return { event: trigger.event }
  if (trigger.type === 'page-load') return { pageId: trigger.pageId }
  const page = project.pages.find(({ blocks }) =>
    [...blocksIn(blocks)].some(({ id }) => id === trigger.blockId),
  )
  return { pageId: page?.id, blockId: trigger.blockId }
}

/** Where one of a workflow's steps is edited. */
export const placeOfStep = (project: Project, workflow: Workflow, { id }: Step): Place => ({
  ...placeOf(project, workflow),
  stepId: id,
})

/** Every step of the project with where it is edited. */
export function* allSteps(project: Project): Generator<{ step: Step; workflow: Workflow; at: Place }> {
  for (const workflow of project.workflows)
    for (const step of stepsIn(workflow.steps))
      yield { step, workflow, at: placeOfStep(project, workflow, step) }
}
