import type { ManifestAction } from 'lowgate/contract'
import { identity } from '@lowgate/editor/checks'
import { outcomeOf } from 'lowgate/workflow-actions'
import { expressionsOf, keysOf } from '../bindings.ts'
import { hostStepKinds, type StepKind } from '../host-steps.ts'
import type { Project, Step, Workflow } from '../schema.ts'
import { stepsIn } from '../walk.ts'
import { pagesNamedBy, placeOf } from './references.ts'
import type { Place, ProjectTrouble } from './project-trouble.ts'

type Kinds = ReadonlyMap<string, StepKind>

/** A local logout stays on the page and keeps the tenant's session. */
const isLocalLogout = ({ action, args }: Step): boolean => action === 'logout' && args.mode === 'local'

const isLogin = ({ action }: Step): boolean => action.startsWith('loginWith')

function* orderProblems(kinds: Kinds, steps: Step[], at: Place): Generator<ProjectTrouble> {
  for (const [index, step] of steps.entries()) {
    const kind = kinds.get(step.action)
    const next = steps[index + 1]
    if (kind && outcomeOf(kind, step.args) === 'leaves-page' && next)
      yield {
        ...identity('after-leaving', `${at.blockId ?? at.event ?? at.pageId}:${step.id}`),
        severity: 'warning',
        title: `Steps after “${kind.name}” never run: it leaves the page.`,
        cure: 'Move them before it, or into a workflow “On login” or “On page load”.',
        at: { ...at, stepId: next.id },
      }
    if (isLocalLogout(step) && steps.slice(index + 1).some(isLogin))
      yield {
        ...identity('logout-then-login', `${at.blockId ?? at.event ?? at.pageId}:${step.id}`),
        severity: 'warning',
        title: 'A login right after a Logout (Local only) lets the same visitor in again without a password.',
        cure: 'Use Logout with mode Redirect, which ends the session at Auth0 too.',
        at: { ...at, stepId: step.id },
      }
    yield* orderProblems(kinds, step.then ?? [], at)
    yield* orderProblems(kinds, step.otherwise ?? [], at)
  }
}

function* popupProblems({ trigger, steps }: Workflow, at: Place): Generator<ProjectTrouble> {
  for (const step of stepsIn(steps))
    if (step.action === 'loginWithPopup' && (trigger.type !== 'click' || step !== steps[0]))
      yield {
        ...identity('popup-late', `${at.blockId ?? at.event ?? at.pageId}:${step.id}`),
        severity: 'error',
        title: 'Browsers block this login window: it is not the first step after a click.',
        cure:
          trigger.type === 'click'
            ? 'Move Login with Popup to the top.'
            : 'Use Login with Redirect here instead.',
        at: { ...at, stepId: step.id },
      }
}

function* fieldProblems(kinds: Kinds, { steps }: Workflow, at: Place): Generator<ProjectTrouble> {
  const earlier = new Set<string>()
  for (const step of stepsIn(steps)) {
    const kind = kinds.get(step.action)
    const place = { ...at, stepId: step.id }
    const key = `${at.blockId ?? at.event ?? at.pageId}:${step.id}`
    if (!kind)
      yield {
        ...identity('unknown-step', key),
        severity: 'error',
        title: `There is no step “${step.action}”.`,
        cure: 'Remove it, or update the studio.',
        at: place,
      }
    for (const [name, field] of Object.entries(kind?.fields ?? {})) {
      const value = step.args[name]
      if (field.required && (value === undefined || value === ''))
        yield {
          ...identity('required', `${key}:${name}`),
          severity: 'error',
          title: `“${kind?.name}” needs “${field.label}”.`,
          cure: 'Fill it in.',
          at: place,
        }
      const bound = expressionsOf(value)
        .map(keysOf)
        .filter(([root]) => root === 'results' || root === 'errors')
        .map(([, id]) => id)
        .find((id) => id && !earlier.has(id))
      if (bound)
        yield {
          ...identity('binding', `${key}:${name}`),
          severity: 'warning',
          title: `“${field.label}” is bound to “${bound}”, which has not run before this step.`,
          cure: 'Bind it to a step above, or move that step up.',
          at: place,
        }
    }
    earlier.add(step.id)
  }
}

/** The pages that a visitor of each page is sent on to as soon as it is loaded, whatever happens. */
const sentOn = (workflows: readonly Workflow[]): Map<string, string[]> =>
  new Map(
    workflows.flatMap(({ trigger, steps }) =>
      trigger.type === 'page-load'
        ? [
            [
              trigger.pageId,
              steps
                .filter(({ action }) => action === 'goToPage')
                .flatMap((step) => pagesNamedBy(step).map(({ pageId }) => pageId)),
            ],
          ]
        : [],
    ),
  )

/** Pages that send their visitors round in a circle. */
function* circleProblems(project: Project): Generator<ProjectTrouble> {
  const next = sentOn(project.workflows)
  for (const workflow of project.workflows) {
    const { trigger } = workflow
    if (trigger.type !== 'page-load') continue
    const reached = new Set<string>()
    const open = [...(next.get(trigger.pageId) ?? [])]
    for (let pageId = open.pop(); pageId !== undefined; pageId = open.pop()) {
      if (reached.has(pageId)) continue
      reached.add(pageId)
      open.push(...(next.get(pageId) ?? []))
    }
    if (reached.has(trigger.pageId))
      yield {
        ...identity('circle', workflow.id),
        severity: 'error',
        title: 'This page sends its visitors round in a circle: it is loaded, and leads back to itself.',
        cure: 'Put “Go to page” behind a branch, or take it out.',
        at: placeOf(project, workflow),
      }
  }
}

/** A login that starts by itself where a Local-only logout lands. */
function* autoLoginProblems(project: Project): Generator<ProjectTrouble> {
  const loads = project.workflows.filter(
    ({ trigger, steps }) => trigger.type === 'page-load' && steps.some((step) => isLogin(step)),
  )
  const hasLocalLogout = project.workflows.some(({ steps }) => [...stepsIn(steps)].some(isLocalLogout))
  for (const workflow of loads)
    yield {
      ...identity('auto-login', workflow.id),
      severity: 'error',
      title: hasLocalLogout
        ? 'This page logs visitors in by itself, so a Logout (Local only) is undone as soon as it is opened.'
        : 'This page logs every visitor in as soon as it is opened, logged-in ones too: they go round in a loop.',
      cure: 'Let “Who can see it” ask for the login instead, or put the login behind a branch.',
      at: placeOf(project, workflow),
    }
}

/** @param actions of the manifest */
export function checkWorkflows(project: Project, actions: readonly ManifestAction[]): ProjectTrouble[] {
  const kinds: Kinds = new Map([...actions, ...hostStepKinds].map((kind) => [kind.code, kind]))
  return [
    ...project.workflows.flatMap((workflow) => {
      const at = placeOf(project, workflow)
      return [
        ...popupProblems(workflow, at),
        ...orderProblems(kinds, workflow.steps, at),
        ...fieldProblems(kinds, workflow, at),
      ]
    }),
    ...autoLoginProblems(project),
    ...circleProblems(project),
  ]
}
