import { randomUUID } from 'node:crypto'
import type { Action } from './seeds/actions.ts'

/** Every trigger with its versions, the current one last. */
export const triggerVersions: Record<string, string[]> = {
  'post-login': ['v1', 'v2', 'v3'],
  'credentials-exchange': ['v1', 'v2'],
  'pre-user-registration': ['v1', 'v2'],
  'post-user-registration': ['v1', 'v2'],
  'post-change-password': ['v1', 'v2'],
  'send-phone-message': ['v1', 'v2'],
  'custom-phone-provider': ['v1'],
  'custom-email-provider': ['v1'],
  'password-reset-post-challenge': ['v1'],
  'custom-token-exchange': ['v1'],
  'event-stream': ['v1'],
  'password-hash-migration': ['v1'],
  'login-post-identifier': ['v1'],
  'signup-post-identifier': ['v1'],
  'post-credential-validation': ['v1'],
}

/** An Auth0 Action with its draft and everything of it that was deployed. */
export interface StoredAction {
  id: string
  name: string
  supported_triggers: { id: string; version: string }[]
  created_at: string
  updated_at: string
  draft: Action
  /** Oldest first; the last one is deployed. */
  versions: ActionVersion[]
}

export interface ActionVersion {
  id: string
  number: number
  created_at: string
  action: Action
}

/** That a trigger runs an Auth0 Action. */
export interface ActionBinding {
  id: string
  actionId: string
  displayName: string
  created_at: string
}

/** The tenant's Auth0 Actions, and what each trigger runs, in order. */
export interface StoredActions {
  all: Map<string, StoredAction>
  bindings: Map<string, ActionBinding[]>
}

/** A seed's Auth0 Actions: those that are deployed are bound to their trigger, in the seed's order. */
export function storeActions(actions: Action[] = []): StoredActions {
  const now = new Date().toISOString()
  const all = new Map<string, StoredAction>()
  for (const action of actions) {
    const id = action.id ?? randomUUID()
    const stored: StoredAction = {
      id,
      name: action.name,
      supported_triggers: triggersOf(action),
      created_at: now,
      updated_at: now,
      draft: action,
      versions: [],
    }
    if (action.deployed !== false) deployAction(stored, action, now)
    all.set(id, stored)
  }
  const bindings = new Map<string, ActionBinding[]>()
  for (const stored of all.values()) {
    if (stored.versions.length === 0) continue
    for (const { id } of stored.supported_triggers) {
      bindings.set(id, [...(bindings.get(id) ?? []), bindAction(stored, now)])
    }
  }
  return { all, bindings }
}

function triggersOf({ supported_triggers = [{ id: 'post-login' }] }: Action) {
  return supported_triggers.map(({ id, version }) => ({
    id,
    version: version ?? triggerVersions[id]?.at(-1) ?? 'v1',
  }))
}

/** Makes a new version, which runs from now on. */
export function deployAction(stored: StoredAction, action: Action, now: string): ActionVersion {
  const number = (stored.versions.at(-1)?.number ?? 0) + 1
  const version = { id: randomUUID(), number, created_at: now, action: { ...action } }
  stored.versions.push(version)
  return version
}

export function bindAction({ id, name }: StoredAction, now: string, displayName = name): ActionBinding {
  return { id: randomUUID(), actionId: id, displayName, created_at: now }
}

/** What a trigger runs now, in order. */
export function boundActions({ all, bindings }: StoredActions, trigger: string): Action[] {
  return (bindings.get(trigger) ?? []).flatMap(
    ({ actionId }) => all.get(actionId)?.versions.at(-1)?.action ?? [],
  )
}
