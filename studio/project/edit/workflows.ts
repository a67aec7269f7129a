import { newId } from '../new-id.ts'
import type { Project, Step, Trigger, Workflow } from '../schema.ts'
import { idsOf, stepsIn, workflowOf } from '../walk.ts'
import { findIn, moveBetween } from './lists.ts'
import { stepThrough } from './step-through.ts'

const nested = { listsOf: (step: Step) => [step.then, step.otherwise] }

/** Which list of steps: the workflow's own, or one of the ways of a branch in it. */
export interface StepListKey {
  trigger: Trigger
  inside?: { branch: string; way: 'then' | 'otherwise' } | undefined
}

const sameTrigger = (one: Trigger, other: Trigger): boolean => JSON.stringify(one) === JSON.stringify(other)

export const workflowFor = (project: Project, trigger: Trigger): Workflow | undefined =>
  project.workflows.find((workflow) => sameTrigger(workflow.trigger, trigger))

const stem = (trigger: Trigger): string =>
  trigger.type === 'click'
    ? `${trigger.blockId}-click`
    : trigger.type === 'page-load'
      ? `${trigger.pageId}-load`
      : `on-${trigger.event}`

function ensureWorkflow(project: Project, trigger: Trigger): Workflow {
  const found = workflowFor(project, trigger)
  if (found) return found
  const id = newId(stem(trigger), idsOf(project))
  project.workflows.push({ id, trigger, steps: [] })
  return workflowOf(project, id)
}

function listAt(workflow: Workflow, inside: StepListKey['inside']): Step[] {
  if (!inside) return workflow.steps
  const branch = [...stepsIn(workflow.steps)].find(({ id }) => id === inside.branch)
  if (!branch) throw new Error(`There is no branch “${inside.branch}”.`)
  return (branch[inside.way] ??= [])
}

/** Adds a step, and its workflow with the first one. @returns the step's id, by which its result is bound */
export function addStep(project: Project, action: string, key: StepListKey, index?: number): string {
  const workflow = ensureWorkflow(project, key.trigger)
  const id = newId(
    action,
    [...stepsIn(workflow.steps)].map((step) => step.id),
  )
  const list = listAt(workflow, key.inside)
  list.splice(index ?? list.length, 0, {
    id,
    action,
    args: {},
    ...(action === 'branch' && { then: [], otherwise: [] }),
  })
  return id
}

/** Moves a step inside its workflow, into and out of branches too; a branch never moves into itself. */
export function moveStep(project: Project, stepId: string, key: StepListKey, index: number): void {
  const workflow = workflowFor(project, key.trigger)
  const from = workflow && findIn(workflow.steps, stepId, nested)
  if (from) moveBetween(from, listAt(workflow, key.inside), index, nested)
}

/** Removes a step with what is inside, and the workflow with its last one. */
export function removeStep(project: Project, trigger: Trigger, stepId: string): void {
  const workflow = workflowFor(project, trigger)
  const found = workflow && findIn(workflow.steps, stepId, nested)
  if (!found) return
  found.list.splice(found.index, 1)
  if (!workflow.steps.length) project.workflows = project.workflows.filter(({ id }) => id !== workflow.id)
}

/** Moves a step one place up or down, into and out of branches. @returns whether it moved */
export function stepStep(
  project: Project,
  trigger: Trigger,
  stepId: string,
  direction: 'up' | 'down',
): boolean {
  const workflow = workflowFor(project, trigger)
  return Boolean(workflow && stepThrough(workflow.steps, stepId, nested.listsOf, direction))
}
