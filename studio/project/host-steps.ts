import { defineFields, type Fields, type ManifestAction } from 'lowgate/contract'
import { headersField, queryField } from './request-parts.ts'

/** A step of the studio's own: the same data as an action of the manifest, so that the same form serves both. */
export type StepKind = Pick<
  ManifestAction,
  'code' | 'name' | 'summary' | 'outcome' | 'resolvesWhen' | 'fields'
> & {
  returns: ManifestAction['returns'] | 'answer'
}

const defineSteps = <const S extends Record<string, Omit<StepKind, 'code'> & { fields: Fields }>>(
  steps: S,
): S => steps

/** What a workflow can do besides the manifest's actions. */
export const hostSteps = defineSteps({
  goToPage: {
    name: 'Go to page',
    summary: 'Shows another page of this site.',
    outcome: 'resolves',
    returns: 'nothing',
    fields: defineFields({
      page: { type: 'page', label: 'Page', help: 'Where the visitor goes.', required: true, bindable: true },
    }),
  },
  setVariable: {
    name: 'Set variable',
    summary: 'Keeps a value that blocks and later steps can be bound to.',
    outcome: 'resolves',
    returns: 'nothing',
    fields: defineFields({
      name: {
        type: 'text',
        label: 'Name',
        help: 'Bound as variables.<this name>.',
        placeholder: 'answer',
        required: true,
      },
      value: { type: 'text', label: 'Value', help: 'Leave empty to clear it.', bindable: true },
    }),
  },
  callApi: {
    name: 'Call API',
    summary: 'Calls an API and hands its answer to the following steps.',
    outcome: 'resolves',
    returns: 'answer',
    fields: defineFields({
      url: {
        type: 'text',
        label: 'Address',
        help: 'Starts with https:// and a fixed host; bindings may follow.',
        placeholder: 'https://api.acme.example/orders/{{ page.params.id }}',
        format: 'address',
        required: true,
      },
      query: queryField,
      method: {
        type: 'choice',
        label: 'Method',
        help: 'What the API expects.',
        options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((value) => ({ value, label: value })),
        default: 'GET',
      },
      headers: headersField,
      body: {
        type: 'text',
        label: 'Body',
        help: 'JSON. It may hold bindings such as "{{ variables.note }}". Not sent with GET.',
        format: 'json',
        bindable: true,
        visibleWhen: { field: 'method', is: ['POST', 'PUT', 'PATCH'] },
      },
      withToken: {
        type: 'switch',
        label: 'Send the access token',
        help: 'As “Authorization: Bearer …”, or “DPoP …” with its proof, for APIs of your tenant.',
        default: true,
      },
    }),
  },
  branch: {
    name: 'Branch',
    summary: 'Goes one of two ways, by a value, a result or an error.',
    outcome: 'resolves',
    returns: 'nothing',
    fields: defineFields({
      value: {
        type: 'text',
        label: 'Value',
        help: 'Bind it to a result, an error or the visitor.',
        bindable: true,
      },
      test: {
        type: 'choice',
        label: 'Goes the first way when it',
        help: 'Otherwise it goes the second way.',
        options: [
          { value: 'filled', label: 'is there' },
          { value: 'empty', label: 'is empty' },
          { value: 'equals', label: 'equals' },
          { value: 'contains', label: 'contains' },
        ],
        default: 'filled',
      },
      to: {
        type: 'text',
        label: 'Compared with',
        help: 'A text, a role, an error code such as host/api-not-found.',
        bindable: true,
        visibleWhen: { field: 'test', is: ['equals', 'contains'] },
      },
    }),
  },
  showMessage: {
    name: 'Show message',
    summary: 'Tells the visitor something at the top of the page.',
    outcome: 'resolves',
    returns: 'nothing',
    fields: defineFields({
      title: { type: 'text', label: 'Message', help: 'One sentence.', required: true, bindable: true },
      text: { type: 'text', label: 'Details', help: 'A second, quieter line.', bindable: true },
      tone: {
        type: 'choice',
        label: 'Tone',
        help: 'Errors are read aloud at once.',
        options: [
          { value: 'info', label: 'Information' },
          { value: 'error', label: 'Error' },
        ],
        default: 'info',
      },
    }),
  },
})

export type HostStepCode = keyof typeof hostSteps

export const hostStepKinds: StepKind[] = Object.entries(hostSteps).map(([code, kind]) => ({ code, ...kind }))
