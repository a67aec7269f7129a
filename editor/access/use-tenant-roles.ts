import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { environmentInForce, type EditorHost } from 'lowgate/contract'
import { useProxy } from '../use-proxy.ts'

/**
 * The names of the roles that the preview's tenant has: offered where groups are made, and compared with those that
 * groups ask for. `undefined` until all of them are read, and where they cannot be.
 */
export function useTenantRoles(host: () => EditorHost) {
  const { client, project } = useProxy(host)
  const roles = shallowRef<readonly string[]>()
  const environment = computed(() =>
    environmentInForce('preview', (name) => Boolean(host().settings.connections[name])),
  )
  let reading = new AbortController()

  async function read() {
    reading.abort()
    reading = new AbortController()
    const { signal } = reading
    roles.value = undefined
    if (!environment.value) return
    const params = { project: project.value, environment: environment.value, list: 'roles' } as const
    const names: string[] = []
    let cursor: string | null | undefined
    try {
      do {
        const body = { ...(cursor && { cursor }) }
        const page = await client.value.list({ params, body }, { signal })
        names.push(...page.items.map(({ label }) => label))
        cursor = page.next
      } while (cursor)
      roles.value = names
    } catch {
      // Roles can be typed without the list; the connection panel shows why it failed.
    }
  }

  watch([client, project, environment], read, { immediate: true })
  onScopeDispose(() => reading.abort())
  return { roles }
}
