import { computed } from 'vue'
import type { EditorHost } from 'lowgate/contract'
import { createProxyClient } from 'lowgate/contract/proxy-api'

/**
 * The proxy of the host's project. A host may hand over a new object at every change of the project: client and
 * project change only when they are really others, so that nothing is read again for nothing.
 */
export function useProxy(host: () => EditorHost) {
  const url = computed(() => host().proxyUrl)
  const project = computed(() => host().projectId)
  const client = computed(() => createProxyClient({ url: url.value }))
  return { client, project }
}
