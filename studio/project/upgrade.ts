import { findAction, upgradeArgs } from 'lowgate/workflow-actions'
import type { Step, Workflow } from './schema.ts'

/** Workflows that an older version wrote, with the names of today. */
export const upgradeWorkflows = (workflows: Workflow[]): Workflow[] =>
  workflows.map((workflow) => ({ ...workflow, steps: workflow.steps.map(upgradeStep) }))

function upgradeStep({ then, otherwise, ...step }: Step): Step {
  const fields = findAction(step.action)?.fields
  return {
    ...step,
    ...(fields && { args: upgradeArgs(fields, step.args) }),
    then: then?.map(upgradeStep),
    otherwise: otherwise?.map(upgradeStep),
  }
}
