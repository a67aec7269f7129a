import {
  editorHeader,
  fromWireCode,
  problem,
  proxyApi,
  type ConnectionView,
  type Endpoint,
  type Problem,
  type ProxyApi,
  type ReplyOf,
  type RequestOf,
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

interface CallOptions {
  /** Aborting it rejects the call with the browser's own `AbortError`. */
  signal?: AbortSignal
}

/** One method per route of the proxy, named as in `proxyApi`. */
export type ProxyClient = {
  [K in keyof ProxyApi]: (
    request: RequestOf<ProxyApi[K]>,
    options?: CallOptions,
  ) => Promise<ReplyOf<ProxyApi[K]>>
}

/**
 * Calls the backend proxy at `baseUrl`. Every failure is a {@link ProxyError}; a proxy that cannot be reached is
 * `proxy/offline`, an answer that is none of its own `proxy/internal`. It carries no token: the server that serves
 * the editor adds it on the way.
 *
 * @example
 * const proxy = createProxyClient('/api/lowgate')
 * const { connections } = await proxy.listConnections({ params: { project: 'acme' } })
 */
export function createProxyClient(baseUrl: string): ProxyClient {
  const client = Object.entries<Endpoint>(proxyApi).map(([name, endpoint]) => [
    name,
    (request: LooseRequest = {}, options: CallOptions = {}) => call(baseUrl, endpoint, request, options),
  ])
  return Object.fromEntries(client) as ProxyClient
}

interface LooseRequest {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

async function call(baseUrl: string, endpoint: Endpoint, request: LooseRequest, { signal }: CallOptions) {
  let response: Response
  let text: string
  try {
    response = await fetch(baseUrl + addressOf(endpoint, request), {
      method: endpoint.method.toUpperCase(),
      headers: {
        accept: 'application/json',
        [editorHeader.name]: editorHeader.value,
        ...(endpoint.body && { 'content-type': 'application/json' }),
      },
      ...(endpoint.body && { body: JSON.stringify(request.body ?? {}) }),
      ...(signal && { signal }),
      cache: 'no-store',
    })
    text = await response.text()
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ProxyError('proxy/offline', { cause })
  }
  const json = parseJson(text)
  if (!response.ok) throw toError(response.status, json)
  if (!endpoint.reply) return undefined
  const reply = endpoint.reply.safeParse(json)
  if (!reply.success) throw new ProxyError('proxy/internal', { cause: reply.error })
  return reply.data
}

function addressOf({ path }: Endpoint, { params, query }: LooseRequest): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) search.set(name, String(value))
  return search.size ? `${filled}?${search}` : filled
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toError(status: number, json: unknown): ProxyError {
  const answer = problem.safeParse(json)
  // Something between here and the proxy answered in its place.
  if (!answer.success) return new ProxyError(status >= 502 ? 'proxy/offline' : 'proxy/internal', {})
  const { error, error_description: message, suggestion, errors } = answer.data
  const field = errors?.[0]?.field
  const details = { message, suggestion, ...(field && { field }) }
  return new ProxyError(fromWireCode(error) ?? 'proxy/internal', details, answer.data)
}
