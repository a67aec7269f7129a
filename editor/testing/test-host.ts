import { reactive } from 'vue'
import type { EditorHost } from 'lowgate/contract'

/** A host with two pages and two sites, which keeps the settings that it is handed. */
export function createTestHost(proxyUrl: string | undefined, changes: Partial<EditorHost> = {}): EditorHost {
  const host: EditorHost = reactive({
    projectId: 'acme',
    ...(proxyUrl !== undefined && { proxyUrl }),
    pages: [
      { id: 'home', name: 'Home', path: '/' },
      { id: 'order', name: 'Order', path: '/orders/:id' },
    ],
    sites: { preview: { origin: 'http://localhost:4403', basePath: '/' } },
    settings: { connections: {} },
    saveSettings: (settings) => {
      host.settings = settings
      return Promise.resolve()
    },
    ...changes,
  })
  return host
}
