import type { AuthClient } from 'lowgate/contract'
import { resolve, type Scope } from '../../project/bindings.ts'
import { hostSteps } from '../../project/host-steps.ts'
import { resolveFields } from '../../project/resolve-field.ts'
import type { Step, Workflow } from '../../project/schema.ts'
import { toBoundError, type BoundError } from './bound-error.ts'
import { isHostStep, runHostStep, type SiteActions } from './host-steps.ts'
import { chooseWay } from './choose-way.ts'

/** One step that ran or is running, for the trace of the preview. */
export interface TraceEntry {
  step: string
  action: string
  input: unknown
  /** ISO 8601. */
  startedAt: string
  /** Absent while it runs, or when it left the page. Milliseconds. */
  took?: number
  result?: unknown
  error?: BoundError
}

export interface RunContext {
  client: AuthClient
  site: SiteActions
  /** What bindings see now. */
  scope(): Scope
  /** Told of each step as it starts, and again as it ends. */
  trace?(entry: TraceEntry): void
  /** Told before a step that may leave the page, and then never ends. */
  leaves?(): void
}

/** The actions load with the first workflow that is about to run, not with the page. */
export const loadActions = () => import('lowgate/workflow-actions')

interface Bound {
  results: Record<string, unknown>
  errors: Record<string, unknown>
}

const resolveArgs = ({ action, args }: Step, scope: Scope): Record<string, unknown> =>
  isHostStep(action)
    ? resolveFields(hostSteps[action].fields, args, scope)
    : (resolve(args, scope) as Record<string, unknown>)

async function runAction({ action }: Step, input: Record<string, unknown>, { client, leaves }: RunContext) {
  const actions = await loadActions()
  if (actions.findAction(action)?.outcome === 'leaves-page') leaves?.()
  return actions.runAction(action, input, { client })
}

async function runStep(step: Step, context: RunContext, bound: Bound): Promise<void> {
  const entry = { step: step.id, action: step.action, startedAt: new Date().toISOString() }
  const start = performance.now()
  let input: Record<string, unknown> = step.args
  try {
    input = resolveArgs(step, { ...context.scope(), ...bound })
    context.trace?.({ ...entry, input })
    const result = isHostStep(step.action)
      ? await runHostStep(step.action, input, context.site)
      : await runAction(step, input, context)
    bound.results[step.id] = result
    context.trace?.({ ...entry, input, result, took: performance.now() - start })
  } catch (error) {
    const described = await toBoundError(error)
    context.trace?.({ ...entry, input, error: described, took: performance.now() - start })
    if (!step.continues) throw error
    bound.errors[step.id] = described
  }
  if (step.action === 'branch') await runSteps(step[chooseWay(input)] ?? [], context, bound)
}

async function runSteps(steps: readonly Step[], context: RunContext, bound: Bound): Promise<void> {
  for (const step of steps) await runStep(step, context, bound)
}

/**
 * Runs the steps of a workflow in order. A step's result is bound as `results.<its id>` in later ones, and its
 * error as `errors.<its id>` when it goes on after one.
 *
 * @throws the error of the first step that fails and does not go on; later ones do not run
 */
export const runWorkflow = async ({ steps }: Workflow, context: RunContext): Promise<void> =>
  runSteps(steps, context, { results: {}, errors: {} })
