import { createProxyClient, ProxyFailure, type ProxyAddress } from './proxy-client.ts'

/**
 * Makes the backend proxy forget a project's connections and their secrets, so that no later project of the same id
 * finds them.
 *
 * @throws ProxyFailure when one of them may still be there
 */
export async function forgetConnections(project: string, address: ProxyAddress): Promise<void> {
  const proxy = createProxyClient(address)
  const options = { signal: AbortSignal.timeout(15_000) }
  const { connections } = await proxy.listConnections({ params: { project } }, options)
  for (const { environment } of connections)
    await proxy.deleteConnection({ params: { project, environment } }, options).catch((error: unknown) => {
      if (!(error instanceof ProxyFailure) || error.status !== 404) throw error
    })
}
