import { computed } from 'vue'
import { connectionFields, isLowgateError, type Environment } from 'lowgate/contract'
import { useSettled } from '../use-settled.ts'
import { useTenantList, type TenantListSource } from '../use-tenant-list.ts'
import type { ConnectionDraft, DraftAccess } from './draft.ts'
import type { Connections } from './use-connections.ts'

export const listFields = ['clientId', 'audience', 'organization', 'customDomain'] as const

export type ListField = (typeof listFields)[number]

/** Milliseconds without a keystroke after which typed credentials are tried. */
const pause = 700

/**
 * The lists behind the form of one environment. They load by themselves as soon as the credentials could work: the
 * applications first, the others once the tenant has accepted the credentials, so that a wrong secret costs the
 * tenant one request.
 */
export function useConnectionLists(parts: {
  connections: Connections
  environment: () => Environment
  access: () => DraftAccess
  draft: () => ConnectionDraft
}) {
  const settled = useSettled(parts.access, pause)
  const kind = computed(() => parts.access().kind)
  /** Typed credentials once typing pauses; all else at once, or lists would empty while somebody chooses after saving. */
  const access = computed<DraftAccess>((before) => {
    const now = kind.value === 'typed' ? settled.value : { kind: kind.value }
    return before && before.kind === now.kind && now.kind !== 'typed' ? before : now
  })
  const source = computed((): TenantListSource | undefined => {
    const now = access.value
    if (now.kind === 'incomplete') return undefined
    return {
      client: parts.connections.client.value,
      project: parts.connections.project.value,
      environment: parts.environment(),
      credentials: now.kind === 'typed' ? now.credentials : undefined,
    }
  })

  const listFor = (field: ListField, from: () => TenantListSource | undefined) =>
    useTenantList(connectionFields[field].list, from, { chosen: () => parts.draft()[field] })

  const clientId = listFor('clientId', () => source.value)
  const isAccepted = computed(
    () =>
      clientId.status === 'ready' ||
      (clientId.status === 'failed' && isLowgateError(clientId.error, 'proxy/insufficient-scope')),
  )
  const accepted = computed<TenantListSource | undefined>((before) =>
    source.value && (isAccepted.value || before === source.value) ? source.value : undefined,
  )
  return {
    clientId,
    audience: listFor('audience', () => accepted.value),
    organization: listFor('organization', () => accepted.value),
    customDomain: listFor('customDomain', () => accepted.value),
  }
}
