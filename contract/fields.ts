import type { PageReference } from './page-reference.ts'

/** A list that fills a remote field with choices, read from the tenant through the backend proxy. */
export const remoteLists = [
  'applications',
  'apis',
  'organizations',
  'identity-providers',
  'custom-domains',
  'roles',
] as const

export type RemoteList = (typeof remoteLists)[number]

/** The Management API scope that reading a list needs. */
export const scopeOfList = {
  applications: 'read:clients',
  apis: 'read:resource_servers',
  organizations: 'read:organizations',
  'identity-providers': 'read:connections',
  'custom-domains': 'read:custom_domains',
  roles: 'read:roles',
} as const satisfies Record<RemoteList, string>

interface FieldBase {
  /** What the builder reads above the control, in their words. */
  readonly label: string
  /** One or two plain sentences under the control. */
  readonly help: string
  readonly required?: true
  /** Whether a workflow may compute the value instead of fixing it. */
  readonly bindable?: true
  /** Kept behind "Advanced" in a form. */
  readonly advanced?: true
  /** Shown only while another field of the same form has one of these values. */
  readonly visibleWhen?: Condition
  /** Auth0's own name for it, where it is sent on as a parameter. */
  readonly wire?: string
  /** The name that version 0.1 stored it under: still read, never written. */
  readonly formerly?: string
}

/** Holds while another field of the same form has one of these values. */
export interface Condition {
  readonly field: string
  readonly is: readonly (string | boolean)[]
}

export interface TextField extends FieldBase {
  readonly type: 'text'
  readonly placeholder?: string
  readonly default?: string
  /** What the text is, where a host has to encode the values of bindings in it for their place. */
  readonly format?: 'address' | 'json'
}

/** Written, never read back: what was saved is answered as "there is one". */
export interface SecretField extends FieldBase {
  readonly type: 'secret'
}

export interface NumberField extends FieldBase {
  readonly type: 'number'
  readonly min?: number
  readonly default?: number
  /** What the number counts, such as "seconds". */
  readonly unit?: string
}

export interface SwitchField extends FieldBase {
  readonly type: 'switch'
  readonly default: boolean
}

export interface ChoiceField extends FieldBase {
  readonly type: 'choice'
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly default?: string
}

/** A value picked from a list of the tenant; a value that is not in the list may still be typed. */
export interface RemoteField extends FieldBase {
  readonly type: 'remote'
  readonly list: RemoteList
  readonly placeholder?: string
}

/** A page of the project, with the parameters, query and hash it is opened with. */
export interface PageField extends FieldBase {
  readonly type: 'page'
}

/** Names that the builder fixes, each with a text: the parameters of a query, the headers of a request. */
export interface PairsField extends FieldBase {
  readonly type: 'pairs'
  /** What one of them is called, such as “Header”. */
  readonly item: string
}

export type Field =
  TextField | SecretField | NumberField | SwitchField | ChoiceField | RemoteField | PageField | PairsField

export type Fields = Readonly<Record<string, Field>>

/** In place of a fixed value: an expression of the host's own, which the host resolves before it runs the action. */
export interface Binding {
  bind: string
}

/** Whether the value of a field is computed by the workflow instead of fixed. */
export const isBinding = (value: unknown): value is Binding =>
  typeof value === 'object' && value !== null && 'bind' in value && typeof value.bind === 'string'

/** The value that a field of this type holds. */
export type ValueOf<F extends Pick<Field, 'type'>> = F extends {
  type: 'choice'
  options: readonly { value: infer V }[]
}
  ? V
  : F extends { type: 'switch' }
    ? boolean
    : F extends { type: 'number' }
      ? number
      : F extends { type: 'page' }
        ? PageReference
        : F extends PairsField
          ? Record<string, string>
          : string

type AlwaysPresent<F extends Field> = F extends { required: true } | { default: unknown } ? true : false

/** The values of a form, inferred from its fields: those with a default or `required` are always present. */
export type InputOf<F extends Fields> = {
  -readonly [K in keyof F as AlwaysPresent<F[K]> extends true ? K : never]: ValueOf<F[K]>
} & {
  -readonly [K in keyof F as AlwaysPresent<F[K]> extends true ? never : K]?: ValueOf<F[K]>
}

/**
 * Keeps the literal types of `fields`, so that {@link InputOf} can infer from them.
 *
 * @example
 * const fields = defineFields({ email: { type: 'text', label: 'E-mail', help: 'Where we write to.' } })
 */
export function defineFields<const F extends Fields>(fields: F): F {
  return fields
}
