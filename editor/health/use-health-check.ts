import { ref, shallowRef, watch } from 'vue'
import { LowgateError, type EditorHost, type Environment } from 'lowgate/contract'
import type { Fix, FixReport, HealthReport } from 'lowgate/contract/proxy-api'
import { useProxy } from '../use-proxy.ts'
import { toProjectUse } from '../project-use/index.ts'

/**
 * The health check of one environment: what the project will send, compared with what the tenant accepts. For a host
 * that wants to check before it publishes.
 *
 * @example
 * const health = useHealthCheck(() => host, () => 'production')
 * await health.run()
 * const mayPublish = !health.report.value?.findings.some(({ severity }) => severity === 'error')
 */
export function useHealthCheck(host: () => EditorHost, environment: () => Environment) {
  const { client, project } = useProxy(host)
  const report = shallowRef<HealthReport>()
  const error = shallowRef<unknown>()
  const isRunning = ref(false)
  const params = () => ({ project: project.value, environment: environment() })
  let controller: AbortController | undefined

  watch([client, project, environment], () => {
    controller?.abort()
    report.value = error.value = undefined
    isRunning.value = false
  })

  /** Which environments have a connection of their own is read from the proxy, not from what was published. */
  async function check(signal: AbortSignal) {
    const { connections } = await client.value.listConnections(
      { params: { project: project.value } },
      { signal },
    )
    const use = toProjectUse(host(), environment(), (one) =>
      connections.some((saved) => saved.environment === one),
    )
    if (!use.sites.length)
      throw new LowgateError('proxy/invalid-input', {
        title: 'No site uses this connection yet.',
        cure: 'Publish the site of this environment first, then check again.',
      })
    return client.value.healthCheck({ params: params(), body: { use } }, { signal })
  }

  async function run() {
    controller?.abort()
    const { signal } = (controller = new AbortController())
    isRunning.value = true
    error.value = undefined
    try {
      const answer = await check(signal)
      if (!signal.aborted) report.value = answer
    } catch (reason) {
      if (!signal.aborted) error.value = reason
    } finally {
      if (!signal.aborted) isRunning.value = false
    }
  }

  /** What `fixes` would change in Auth0 now, or with `apply` the change itself. */
  const fix = (fixes: Fix[], apply: boolean): Promise<FixReport> =>
    client.value.fixApplication({ params: params(), body: { fixes, apply } })

  return { report, error, isRunning, run, fix }
}

export type Health = ReturnType<typeof useHealthCheck>
