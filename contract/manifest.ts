import type { Environment } from './environments.ts'
import type { ErrorCode } from './errors/error-text.ts'
import type { Condition, Field, Fields } from './fields.ts'

/** What an action does to the page it runs on. A workflow's steps after `leaves-page` never run. */
export type ActionOutcome = 'leaves-page' | 'resolves'

/** The kind of value that an action hands to the following steps. */
export type ActionResult = 'nothing' | 'user' | 'text'

/** One action as a host sees it: enough for its palette, its form, its checks and an assistant. */
export interface ManifestAction {
  code: string
  name: string
  summary: string
  outcome: ActionOutcome
  /** Where an action that leaves the page stays on it after all. */
  resolvesWhen?: Condition
  returns: ActionResult
  fields: Fields
  /** JSON Schema (draft 2020-12) of the arguments, bindings resolved. */
  input: Record<string, unknown>
  errors: readonly ErrorCode[]
}

/** A value that pages can bind to. `type` is the JSON type; objects and texts may be absent. */
export interface ManifestVariable {
  name: string
  type: 'object' | 'boolean' | 'array' | 'text'
  summary: string
}

/** Something that happens in the runtime and that a workflow may start with. */
export interface ManifestTrigger {
  event: string
  name: string
  summary: string
  /** What the workflow is handed, in plain words; absent when nothing. */
  payload?: string
  /** The payload's definition in `lowgate/schemas.json`; an error's is what `loadTrouble` makes of it. */
  schema?: 'User' | 'Trouble'
}

/** Where the code of a part lives: `@lowgate/editor#ConnectionPanel` is that export of that entry. */
export type ExportReference = `${'lowgate' | '@lowgate'}/${string}#${string}`

/** What a component takes: a prop, or a value that the host holds for it. */
export interface ManifestProp {
  name: string
  /** As TypeScript writes it, with the names of `lowgate/contract`. */
  type: string
  required: boolean
  summary?: string
}

/** A component that a host mounts in its editor. */
export interface ManifestPanel {
  code: string
  name: string
  summary: string
  component: ExportReference
  /** Where it belongs: among the settings of a project, beside a page or a part of one, or in a step of a workflow. */
  place: 'settings' | 'page' | 'step'
  /** The style sheet that a page with the component loads. */
  style: string
  props: readonly ManifestProp[]
  /** The values that the host holds for it, each a `v-model:<name>`; `modelValue` is the plain `v-model`. */
  models: readonly ManifestProp[]
}

/** `manifest.json`: everything a host reads to mount Lowgate. */
export interface Manifest {
  name: string
  version: string
  environments: readonly Environment[]
  /** Where the tenant sends visitors back to, after a login and after a logout: paths below a site's base path. */
  paths: { callback: string; loggedOut: string }
  /** The fields of a tenant's connection, by the names that a project stores and a published site ships. */
  connection: Record<string, Field>
  runtime: {
    /** `createSession(options)`; the session's `client` is handed to `runAction`. */
    session: ExportReference
    vue: ExportReference
    /** `headSnippet(settings, options)`: a script for the head of every page. */
    headSnippet: ExportReference
    runAction: ExportReference
  }
  actions: ManifestAction[]
  variables: readonly ManifestVariable[]
  triggers: readonly ManifestTrigger[]
  panels: readonly ManifestPanel[]
}
