import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { codeOf } from '../actions/library.ts'
import { deployAction, triggerVersions, type ActionVersion, type StoredAction } from '../tenant/actions.ts'
import type { Action } from '../tenant/seeds/actions.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { conflict, ManagementApiError, notFound } from './errors.ts'
import { operation, type Operation } from './operation.ts'
import { integer, type Query } from './paging.ts'

const code = {
  code: z.string().max(100_000).optional(),
  dependencies: z
    .array(fields({ name: z.string(), version: z.string().optional(), registry_url: z.string().optional() }))
    .max(10)
    .optional(),
  runtime: z.string().optional(),
  secrets: z
    .array(fields({ name: z.string().max(128), value: z.string().max(4_096).optional() }, 'updated_at'))
    .max(30)
    .optional(),
  supported_triggers: z.array(z.looseObject({ id: z.string(), version: z.string().optional() })).length(1),
}
const create = fields({ ...code, name: z.string().min(1), deploy: z.boolean().optional() }, 'modules')
const update = fields({ ...code, name: z.string().min(1) }, 'modules').partial()

/** The draft is what is read and changed; only what was deployed runs. */
export const actionOperations: Operation[] = [
  operation({
    on: 'GET /actions/actions',
    scopes: ['read:actions'],
    handle({ tenant, query }) {
      const { actionName, deployed, triggerId } = query
      const found = [...tenant.directory.actions.all.values()].filter(
        (action) =>
          (!actionName || action.name === actionName) &&
          (!triggerId || action.supported_triggers.some(({ id }) => id === triggerId)) &&
          (!deployed || String(action.versions.length > 0) === deployed),
      )
      const { items, page, per_page } = actionPage(found, query)
      return { actions: items.map(toAction), total: found.length, page, per_page }
    },
  }),
  operation({
    on: 'GET /actions/actions/:id',
    scopes: ['read:actions'],
    handle: ({ tenant, param }) => toAction(findAction(tenant, param('id'))),
  }),
  operation({
    on: 'POST /actions/actions',
    scopes: ['create:actions'],
    body: create,
    handle({ tenant, body }) {
      const { all } = tenant.directory.actions
      if ([...all.values()].some(({ name }) => name === body.name))
        throw conflict(`An action with the name '${body.name}' already exists.`, 'action_conflict')
      if (all.size >= 100)
        throw new ManagementApiError(403, 'A tenant may have at most 100 actions.', 'too_many_entities')
      const at = tenant.clock.iso()
      const action: StoredAction = {
        id: randomUUID(),
        name: body.name,
        supported_triggers: triggersOf(body),
        created_at: at,
        updated_at: at,
        draft: changed({ name: body.name }, body),
        versions: [],
      }
      all.set(action.id, action)
      const shown = { ...toAction(action), status: 'pending' }
      if (body.deploy) deployAction(action, action.draft, at)
      return shown
    },
  }),
  operation({
    on: 'PATCH /actions/actions/:id',
    scopes: ['update:actions'],
    body: update,
    handle({ tenant, param, body }) {
      const action = findAction(tenant, param('id'))
      if (body.supported_triggers) action.supported_triggers = triggersOf(body)
      action.name = body.name ?? action.name
      action.draft = changed(action.draft, body)
      action.updated_at = tenant.clock.iso()
      return toAction(action)
    },
  }),
  operation({
    on: 'DELETE /actions/actions/:id',
    scopes: ['delete:actions'],
    handle({ tenant, param, query }) {
      const { id } = findAction(tenant, param('id'))
      const { all, bindings } = tenant.directory.actions
      const isBound = [...bindings.values()].flat().some(({ actionId }) => actionId === id)
      if (isBound && query.force !== 'true')
        throw new ManagementApiError(
          400,
          'Action cannot be deleted while it is bound to a trigger.',
          'action_in_use',
        )
      for (const [trigger, bound] of bindings) {
        const others = bound.filter(({ actionId }) => actionId !== id)
        bindings.set(trigger, others)
      }
      all.delete(id)
    },
  }),
  operation({
    on: 'POST /actions/actions/:id/deploy',
    scopes: ['create:actions'],
    status: 200,
    handle({ tenant, param }) {
      const action = findAction(tenant, param('id'))
      return deployed(action, deployAction(action, action.draft, tenant.clock.iso()))
    },
  }),
  operation({
    on: 'GET /actions/actions/:id/versions',
    scopes: ['read:actions'],
    handle({ tenant, param, query }) {
      const action = findAction(tenant, param('id'))
      const { items, page, per_page } = actionPage(action.versions.toReversed(), query)
      const versions = items.map((version) => toVersion(action, version))
      return { versions, total: action.versions.length, page, per_page }
    },
  }),
  operation({
    on: 'GET /actions/actions/:id/versions/:version',
    scopes: ['read:actions'],
    handle({ tenant, param }) {
      const action = findAction(tenant, param('id'))
      return toVersion(action, findVersion(action, param('version')))
    },
  }),
  operation({
    on: 'POST /actions/actions/:id/versions/:version/deploy',
    scopes: ['create:actions'],
    status: 200,
    body: fields({ update_draft: z.boolean().optional() }),
    handle({ tenant, param, body }) {
      const action = findAction(tenant, param('id'))
      const { action: old } = findVersion(action, param('version'))
      if (body.update_draft) action.draft = { ...old }
      return deployed(action, deployAction(action, old, tenant.clock.iso()))
    },
  }),
]

export function findAction({ directory }: RunningTenant, id: string): StoredAction {
  const action = directory.actions.all.get(id)
  if (!action) throw notFound('That action does not exist.')
  return action
}

/** As the Management API shows it; values of secrets are never told. */
export function toAction(action: StoredAction) {
  const { id, name, supported_triggers, created_at, updated_at, draft } = action
  const current = action.versions.at(-1)
  return {
    id,
    name,
    supported_triggers,
    created_at,
    updated_at,
    ...shownCode(draft, updated_at),
    status: 'built',
    all_changes_deployed: current !== undefined && sameCode(draft, current.action),
    ...(current && { deployed_version: toVersion(action, current) }),
  }
}

function toVersion(
  { id, name, supported_triggers, versions, ...dates }: StoredAction,
  version: ActionVersion,
) {
  return {
    id: version.id,
    number: version.number,
    ...shownCode(version.action, version.created_at),
    status: 'built',
    deployed: versions.at(-1) === version,
    built_at: version.created_at,
    created_at: version.created_at,
    updated_at: version.created_at,
    supported_triggers,
    action: { id, name, supported_triggers, created_at: dates.created_at, updated_at: dates.updated_at },
  }
}

/** Recorded: the answer to a deployment does not yet say that it is deployed. */
function deployed(action: StoredAction, version: ActionVersion) {
  return { ...toVersion(action, version), deployed: false }
}

function shownCode(action: Action, updated_at: string) {
  const { dependencies = [], secrets = [], runtime = 'node22' } = action
  return {
    code: codeOf(action),
    dependencies,
    runtime,
    secrets: secrets.map(({ name }) => ({ name, updated_at })),
  }
}

/** A secret that comes without its value keeps it; one that does not come is gone. */
function changed(draft: Action, body: z.infer<typeof update>): Action {
  const { name, code: text, dependencies, runtime, secrets } = body
  const valueOf = (wanted: string) => draft.secrets?.find((secret) => secret.name === wanted)?.value ?? ''
  const { onExecutePostLogin, onContinuePostLogin, ...rest } = draft
  const handlers = {
    ...(onExecutePostLogin && { onExecutePostLogin }),
    ...(onContinuePostLogin && { onContinuePostLogin }),
  }
  return {
    ...rest,
    ...(text === undefined ? handlers : { code: text }),
    ...(name !== undefined && { name }),
    ...(dependencies && { dependencies }),
    ...(runtime !== undefined && { runtime }),
    ...(secrets && {
      secrets: secrets.map((secret) => ({ name: secret.name, value: secret.value ?? valueOf(secret.name) })),
    }),
  }
}

function sameCode(one: Action, other: Action): boolean {
  const parts = (action: Action) =>
    JSON.stringify([codeOf(action), action.dependencies, action.secrets, action.runtime])
  return parts(one) === parts(other)
}

function triggersOf({ supported_triggers = [] }: z.infer<typeof update>) {
  return supported_triggers.map(({ id, version }) => {
    if (!(id in triggerVersions)) throw new ManagementApiError(400, `Invalid trigger: ${id}`, 'invalid_body')
    return { id, version: version ?? triggerVersions[id]?.at(-1) ?? 'v3' }
  })
}

function findVersion({ versions }: StoredAction, id: string): ActionVersion {
  const version = versions.find((each) => each.id === id)
  if (!version) throw notFound('That action version does not exist.')
  return version
}

function actionPage<T>(items: T[], query: Query) {
  const per_page = integer(query, 'per_page', 20, 100)
  const page = integer(query, 'page', 0, Number.MAX_SAFE_INTEGER)
  return { items: items.slice(page * per_page, (page + 1) * per_page), page, per_page }
}
