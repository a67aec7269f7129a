import { computed } from 'vue'
import type { EditorHost } from 'lowgate/contract'
import { createProxyClient, ProxyError, type ProxyClient } from 'lowgate/contract/proxy-api'
import { readProxyAccess } from './proxy-access.ts'

/**
 * The proxy of the host's project: the host's own client, or by the host's server, or with what the builder entered in this
 * tab. A host may hand over a new object at every change of the project: client and project change only when they are really
 * others, so that nothing is read again for nothing. A new token for the same address changes neither.
 */
export function useProxy(host: () => EditorHost) {
  const project = computed(() => host().projectId)
  const own = computed(() => host().proxy)
  const forwarded = computed(() => host().proxyUrl)
  /** Whether it is the builder who says where the proxy is. */
  const isEntered = computed(() => !own.value && forwarded.value === undefined)
  const enteredUrl = computed(() => (isEntered.value ? readProxyAccess(project.value)?.url : undefined))

  const client = computed((): ProxyClient => {
    if (own.value) return own.value
    if (forwarded.value !== undefined) return createProxyClient({ url: forwarded.value })
    // Where nothing was entered, no request is made: the token is asked for first.
    const url = enteredUrl.value ?? 'https://not-entered.invalid'
    const { value: name } = project
    return createProxyClient({ url, token: () => tokenFor(name) })
  })
  return { client, project, isEntered }
}

function tokenFor(project: string): string {
  const access = readProxyAccess(project)
  if (!access) throw new ProxyError('proxy/not-connected')
  return access.token
}
