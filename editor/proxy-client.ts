import {
  createClient,
  editorHeader,
  fromWireCode,
  problem,
  proxyApi,
  type Client,
  type ConnectionView,
  type Failure,
  type Problem,
  type ProxyApi,
} from '../contract/proxy-api/index.ts'
import { LowgateError, type ErrorCode, type ErrorDetails } from '../contract/index.ts'

/** What the backend proxy answered instead of a success, with what it said beyond the words to show. */
export class ProxyError extends LowgateError {
  /** What to quote to the operator, who finds the details in the log under it. */
  readonly requestId?: string
  /** Seconds to wait before trying again. */
  readonly retryAfter?: number
  /** What is wrong with which field of the request. */
  readonly fields: readonly { field: string; message: string }[]
  /** The saved version that the refused one stands against, on `proxy/conflict`. */
  readonly saved?: ConnectionView

  constructor(code: ErrorCode, details: ErrorDetails, answer?: Problem) {
    super(code, details)
    this.fields = answer?.errors ?? []
    if (answer) this.requestId = answer.request_id
    if (answer?.retry_after !== undefined) this.retryAfter = answer.retry_after
    if (answer?.saved) this.saved = answer.saved
  }
}

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
  if (!answer.success) return new ProxyError(failure.status >= 502 ? 'proxy/offline' : 'proxy/internal', {})
  const { error, error_description: message, suggestion, errors } = answer.data
  const field = errors?.[0]?.field
  const details = { message, suggestion, ...(field && { field }) }
  return new ProxyError(fromWireCode(error) ?? 'proxy/internal', details, answer.data)
}
