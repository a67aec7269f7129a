import {
  createClient,
  editorHeader,
  fromWireCode,
  problem,
  proxyApi,
  ProxyError,
  type Client,
  type Failure,
  type ProxyApi,
} from 'lowgate/contract/proxy-api'

/** One method per route of the proxy, named as in `proxyApi`. */
export type ProxyClient = Client<ProxyApi>

/**
 * Calls the backend proxy at `baseUrl`. Every failure is a {@link ProxyError}; a proxy that cannot be reached is
 * `proxy/offline`, an answer that is none of its own `proxy/internal`. It carries no token: the server that serves
 * the editor adds it on the way.
 *
 * @example
 * const proxy = createProxyClient('/api/lowgate')
 * const { connections } = await proxy.listConnections({ params: { project: 'acme' } })
 */
export const createProxyClient = (baseUrl: string): ProxyClient =>
  createClient(proxyApi, {
    baseUrl,
    headers: () => ({ [editorHeader.name]: editorHeader.value }),
    toError,
  })

function toError(failure: Failure): ProxyError {
  if (failure.kind === 'offline') return new ProxyError('proxy/offline', { cause: failure.cause })
  if (failure.kind === 'unreadable') return new ProxyError('proxy/internal', { cause: failure.cause })
  const answer = problem.safeParse(failure.body)
  // Something between here and the proxy answered in its place.
  if (!answer.success) return new ProxyError(failure.status >= 502 ? 'proxy/offline' : 'proxy/internal')
  const { error, error_description, suggestion, errors, retry_after, saved, request_id } = answer.data
  return new ProxyError(fromWireCode(error) ?? 'proxy/internal', {
    title: error_description,
    cure: suggestion,
    field: errors?.[0]?.field,
    fields: errors,
    retryAfter: retry_after,
    saved,
    requestId: request_id,
  })
}
