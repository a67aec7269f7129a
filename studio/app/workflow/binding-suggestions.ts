import type { Project, Step, Trigger } from '../../project/schema.ts'
import { variableNames } from '../../project/variables.ts'
import { stepsIn } from '../../project/walk.ts'
import { workflowFor } from '../../project/edit/workflows.ts'
import { findStepKind, manifest } from '../data/manifest.ts'

const ofUser = ['name', 'email', 'picture', 'sub'].map((claim) => ({
  expression: `auth.user.${claim}`,
  label: `The visitor’s ${claim}`,
}))

const ofSession = manifest.variables.map(({ name, summary }) => ({
  expression: `auth.${name}`,
  label: summary,
}))

/** What a field of a step may be bound to: the session, variables, and the results of the steps before it. */
export function bindingSuggestions(project: Project, trigger: Trigger, step: Step) {
  const all = [...stepsIn(workflowFor(project, trigger)?.steps ?? [])]
  const earlier = all.slice(
    0,
    all.findIndex(({ id }) => id === step.id),
  )
  return [
    ...ofUser,
    ...ofSession,
    ...variableNames(project).map((name) => ({
      expression: `variables.${name}`,
      label: `The variable “${name}”`,
    })),
    ...(trigger.type === 'session' ? [{ expression: 'event', label: 'What the event brings' }] : []),
    ...earlier.flatMap(({ id, action, continues }) => {
      const kind = findStepKind(action)
      const name = kind?.name ?? action
      return [
        ...(kind && kind.returns !== 'nothing'
          ? [{ expression: `results.${id}`, label: `What “${name}” returned` }]
          : []),
        ...(continues ? [{ expression: `errors.${id}.code`, label: `The error of “${name}”` }] : []),
        ...(continues && action === 'callApi'
          ? [{ expression: `errors.${id}.status`, label: `The status that “${name}” was answered with` }]
          : []),
      ]
    }),
  ]
}
