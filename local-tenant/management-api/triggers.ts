import { z } from 'zod'
import { bindAction, triggerVersions, type ActionBinding, type StoredAction } from '../tenant/actions.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { runsHere } from '../actions/library.ts'
import { fields } from './body.ts'
import { findAction, toAction } from './actions.ts'
import { ManagementApiError, notFound } from './errors.ts'
import { operation, type Operation } from './operation.ts'
import { offsetPage } from './paging.ts'

const MAXIMUM_BINDINGS = 20

const ref = z.looseObject({ type: z.enum(['action_id', 'action_name', 'binding_id']), value: z.string() })
const bindingsBody = fields({
  bindings: z.array(fields({ ref, display_name: z.string().optional() }, 'secrets')).max(MAXIMUM_BINDINGS),
})

export const triggerOperations: Operation[] = [
  operation({
    on: 'GET /actions/triggers',
    scopes: ['read:actions'],
    handle: () => ({
      triggers: Object.entries(triggerVersions).flatMap(([id, versions]) =>
        versions.map((version) => ({
          id,
          version,
          status: version === versions.at(-1) ? 'CURRENT' : 'DEPRECATED',
          runtimes: ['node18-actions', 'node22'],
          default_runtime: 'node22',
          binding_policy: 'trigger-bound',
          compatible_triggers: [],
        })),
      ),
    }),
  }),
  operation({
    on: 'GET /actions/triggers/:trigger/bindings',
    scopes: ['read:actions'],
    handle({ tenant, param, query }) {
      const bindings = boundTo(tenant, param('trigger')).map((each) =>
        toBinding(tenant, param('trigger'), each),
      )
      return offsetPage(bindings, { ...query, include_totals: 'true' }, 'bindings')
    },
  }),
  operation({
    on: 'PATCH /actions/triggers/:trigger/bindings',
    scopes: ['update:actions'],
    body: bindingsBody,
    handle({ tenant, param, body }) {
      const trigger = param('trigger')
      const present = boundTo(tenant, trigger)
      if (body.bindings.length > 0 && !runsHere(trigger)) throw neverRuns(trigger)
      const at = tenant.clock.iso()
      const bindings = body.bindings.map(({ ref: { type, value }, display_name }) => {
        const action = named(tenant, present, type, value)
        checkTrigger(action, trigger)
        return bindAction(action, at, display_name)
      })
      // Recorded: the list is replaced as a whole.
      tenant.directory.actions.bindings.set(trigger, bindings)
      return { bindings: bindings.map((each) => toBinding(tenant, trigger, each)) }
    },
  }),
]

function neverRuns(trigger: string): ManagementApiError {
  const message = `The local tenant never runs the trigger ${trigger}, so nothing is bound to it. Auth0 does: ask a real tenant.`
  return new ManagementApiError(501, message, 'not_implemented')
}

function boundTo({ directory }: RunningTenant, trigger: string): ActionBinding[] {
  if (!(trigger in triggerVersions)) throw notFound('That trigger does not exist.')
  return directory.actions.bindings.get(trigger) ?? []
}

function named(tenant: RunningTenant, present: ActionBinding[], type: string, value: string): StoredAction {
  const { all } = tenant.directory.actions
  if (type === 'action_id') return findAction(tenant, value)
  if (type === 'binding_id') return findAction(tenant, present.find(({ id }) => id === value)?.actionId ?? '')
  return findAction(tenant, [...all.values()].find(({ name }) => name === value)?.id ?? '')
}

function checkTrigger({ name, supported_triggers, versions }: StoredAction, trigger: string): void {
  if (!supported_triggers.some(({ id }) => id === trigger))
    throw new ManagementApiError(
      400,
      `The action '${name}' does not support the trigger '${trigger}'.`,
      'invalid_body',
    )
  if (versions.length === 0)
    throw new ManagementApiError(
      400,
      `The action '${name}' must be deployed before it is bound.`,
      'invalid_body',
    )
}

function toBinding(
  tenant: RunningTenant,
  trigger_id: string,
  { id, actionId, displayName, created_at }: ActionBinding,
) {
  return {
    id,
    trigger_id,
    display_name: displayName,
    action: toAction(findAction(tenant, actionId)),
    created_at,
    updated_at: created_at,
  }
}
