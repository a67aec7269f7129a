import { environmentInForce } from 'lowgate/contract'
import { createProxyClient } from 'lowgate/editor'
import { ref } from 'vue'
import { useEditorHost } from '../data/use-editor-host.ts'
import { useProblems } from '../problems/use-problems.ts'

/** The roles of the preview's tenant: offered where groups are made, and compared with those that are asked for. */
export function useTenantRoles() {
  const host = useEditorHost()
  const problems = useProblems()
  const problem = ref<string>()

  async function load() {
    const { proxyUrl, projectId, settings } = host.value
    const environment = environmentInForce('preview', (name) => Boolean(settings.connections[name]))
    if (!environment || problems.roles) return
    const client = createProxyClient(proxyUrl)
    const names: string[] = []
    let cursor: string | null | undefined
    try {
      do {
        const page = await client.list({
          params: { project: projectId, environment, list: 'roles' },
          body: { ...(cursor && { cursor }) },
        })
        names.push(...page.items.map(({ label }) => label))
        cursor = page.next
      } while (cursor)
      problems.roles = names
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
  }

  return { load, problem, problems }
}
