import { computed, ref, shallowRef } from 'vue'
import { isLowgateError, tidyDomain, type Environment } from 'lowgate/contract'
import { ProxyError, type ConnectionView, type TestReport } from 'lowgate/contract/proxy-api'
import { domainProblem } from './domain-problem.ts'
import {
  credentialFields,
  isChanged,
  toAccess,
  toDraft,
  toInput,
  type ConnectionDraft,
  type ConnectionField,
} from './draft.ts'
import { toFieldErrors } from './field-of-error.ts'
import { listFields, useConnectionLists, type ListField } from './use-connection-lists.ts'
import type { Connections } from './use-connections.ts'

/** What the form of one environment knows and does; `change` hands on what the builder types. */
export function useConnectionForm(parts: {
  environment: () => Environment
  connections: Connections
  draft: () => Readonly<ConnectionDraft>
  change: (values: Partial<ConnectionDraft>) => void
  /** Called after every save. */
  saved: () => void
}) {
  const { connections, environment, draft } = parts
  const saved = computed(() => connections.saved.get(environment()))
  const access = computed(() => toAccess(draft(), saved.value))
  const lists = useConnectionLists({ connections, environment, access: () => access.value, draft })

  const touched = ref(new Set<ConnectionField>())
  const report = shallowRef<TestReport>()
  const failure = shallowRef<unknown>()
  const conflict = shallowRef<{ theirs: ConnectionView | undefined }>()
  const busy = ref<'test' | 'save' | 'delete'>()

  /** The error to show: of the last test or save, else of reading the lists. */
  const blocking = computed(() => {
    if (failure.value) return failure.value
    const { status, error } = lists.clientId
    return status === 'failed' && !isLowgateError(error, 'proxy/insufficient-scope') ? error : undefined
  })

  const problems = computed(() => {
    const found: Partial<Record<ConnectionField, string>> = toFieldErrors(blocking.value)
    const { domain, m2mClientId, m2mClientSecret } = draft()
    const wrongDomain = domainProblem(domain ?? '')
    if (touched.value.has('domain') && wrongDomain) found.domain = wrongDomain
    if (touched.value.has('m2mClientId') && !m2mClientId) found.m2mClientId = 'Fill in the client ID.'
    if (touched.value.has('m2mClientSecret') && !m2mClientSecret && access.value.kind !== 'saved')
      found.m2mClientSecret = saved.value
        ? 'The domain or the client ID changed: type the secret that belongs to them.'
        : 'Fill in the client secret.'
    for (const field of listFields)
      if (lists[field].isMissing(draft()[field] ?? ''))
        found[field] ??= `This tenant has no such entry (${draft()[field]}). Pick another one.`
    return found
  })

  function clear() {
    failure.value = report.value = undefined
  }

  function set(field: ConnectionField, value: unknown) {
    parts.change({ [field]: value })
    clear()
  }

  function leave(field: ConnectionField) {
    touched.value.add(field)
    const { domain } = draft()
    if (field === 'domain' && domain && tidyDomain(domain) !== domain) set('domain', tidyDomain(domain))
  }

  function reset() {
    parts.change(toDraft(saved.value))
    touched.value.clear()
    clear()
  }

  /** Runs one of the buttons, unless a field above it is not filled in. */
  async function run(kind: 'test' | 'save' | 'delete', task: () => Promise<void>) {
    if (busy.value) return
    if (kind !== 'delete') {
      credentialFields.forEach((field) => touched.value.add(field))
      if (access.value.kind === 'incomplete') return
    }
    busy.value = kind
    clear()
    try {
      await task()
    } catch (error) {
      if (error instanceof ProxyError && error.code === 'proxy/conflict')
        conflict.value = { theirs: error.saved }
      else failure.value = error
    } finally {
      busy.value = undefined
    }
  }

  const saveOver = (version: ConnectionView | undefined) =>
    run('save', async () => {
      await connections.save(environment(), toInput(draft(), version))
      conflict.value = undefined
      reset()
      parts.saved()
    })

  return {
    saved,
    access,
    lists,
    report,
    blocking,
    /** Whether that error is written at the field it is about. */
    isAtField: computed(() => Object.keys(toFieldErrors(blocking.value)).length > 0),
    problems,
    conflict,
    busy,
    canSave: computed(() => isChanged(draft(), saved.value)),
    /** Why a list could not be read, unless that is said already. */
    listError(field: ListField) {
      const { status, error } = lists[field]
      const isSaid =
        error === blocking.value || (isLowgateError(error) && isLowgateError(blocking.value, error.code))
      return status === 'failed' && !isSaid ? error : undefined
    },
    set,
    leave,
    reset,
    test: () =>
      run('test', async () => {
        const credentials = access.value.kind === 'typed' ? access.value.credentials : undefined
        report.value = await connections.test(environment(), credentials)
      }),
    save: () => saveOver(saved.value),
    /** Settles a conflict: this draft over the version that somebody else saved, or that version over this draft. */
    keepMine: () => saveOver(conflict.value?.theirs),
    keepTheirs() {
      connections.accept(environment(), conflict.value?.theirs)
      conflict.value = undefined
      reset()
    },
    remove: () =>
      run('delete', async () => {
        await connections.remove(environment())
        reset()
      }),
  }
}
