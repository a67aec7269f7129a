import { isLowgateError } from 'lowgate/contract'
import { clientOf, type ProxyAddress } from './proxy-address.ts'

/**
 * Makes the backend proxy forget a project's connections with their secrets, and revoke its editor tokens, so that no later
 * project of the same id finds the ones or is reached by the others.
 *
 * @throws ProxyError when one of them may still be there
 */
export async function forgetConnections(project: string, address: ProxyAddress): Promise<void> {
  const proxy = clientOf(address)
  const options = { signal: AbortSignal.timeout(15_000) }
  const { tokens } = await proxy.listTokens({ params: { project } }, options)
  for (const { id, revokedAt } of tokens)
    if (!revokedAt) await proxy.revokeToken({ params: { project, id } }, options)
  const { connections } = await proxy.listConnections({ params: { project } }, options)
  for (const { environment } of connections)
    await proxy.deleteConnection({ params: { project, environment } }, options).catch((error: unknown) => {
      if (!isLowgateError(error, 'proxy/no-connection')) throw error
    })
}
