import { editorHeader, environments } from 'lowgate/contract'
import { z } from 'zod'
import type { ProxyAddress } from './forward-to-proxy.ts'

const listed = z.object({ connections: z.array(z.object({ environment: z.enum(environments) })) })

/**
 * Makes the backend proxy forget a project's connections and their secrets, so that no later project of the same id
 * finds them.
 *
 * @throws Error when one of them may still be there
 */
export async function forgetConnections(projectId: string, proxy: ProxyAddress): Promise<void> {
  const ask = async (method: string, path: string) => {
    const answer = await fetch(`${proxy.url}/projects/${projectId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${proxy.operatorToken.reveal()}`,
        [editorHeader.name]: editorHeader.value,
      },
      signal: AbortSignal.timeout(15_000),
    })
    if (!answer.ok && answer.status !== 404) throw new Error(`The backend proxy answered ${answer.status}.`)
    return answer
  }
  const { connections } = listed.parse(await (await ask('GET', '/connections')).json())
  for (const { environment } of connections) await ask('DELETE', `/environments/${environment}/connection`)
}
