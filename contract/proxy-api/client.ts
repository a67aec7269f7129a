import { isLoopback } from '../domain.ts'
import { editorHeader } from '../editor-header.ts'
import { createClient, type Client, type Failure } from '../http/client.ts'
import { reveal, type Secret } from '../secret.ts'
import { proxyApi, type ProxyApi } from './endpoints.ts'
import { ProxyError } from './proxy-error.ts'
import { fromWireCode, problem } from './schemas.ts'

/** One method per route of the proxy, named as in `proxyApi`. */
export type ProxyClient = Client<ProxyApi>

/** A token, or what hands out the one of the moment: it is asked before every request. */
export type TokenSource = string | Secret | (() => string | Secret | Promise<string | Secret>)

export interface ProxyClientOptions {
  /**
   * Where the proxy is, https unless it is on this machine or `allowHttp` is set; a path where your own server forwards to
   * it. A user name, a password, a query or a fragment in it is refused.
   */
  url: string
  /**
   * In a browser an editor token (`lge_…`), never the operator token. With one, no cookie is ever sent. Absent where your
   * own server adds it: cookies of the page's own origin then go along, by which that server knows its session.
   */
  token?: TokenSource
  /**
   * Whether a server may use plain http to another machine, as between containers on a private network: whoever listens
   * there then reads the token and the secrets that builders save. It changes nothing in a browser. Default: false.
   */
  allowHttp?: boolean
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch
}

/**
 * Calls the backend proxy, from a browser or a server. Every failure is a {@link ProxyError}; a proxy that cannot be
 * reached is `proxy/offline`, an answer that is none of its own `proxy/internal`. What a token function throws, the call is
 * rejected with.
 *
 * @throws `proxy/unsafe-url`
 * @example
 * const proxy = createProxyClient({ url: 'https://proxy.acme.example', token: () => sessionStorage.proxyToken })
 * const { connections } = await proxy.listConnections({ params: { project: 'acme' } })
 */
export function createProxyClient({ url, token, allowHttp, fetch }: ProxyClientOptions): ProxyClient {
  return createClient(proxyApi, {
    baseUrl: toProxyUrl(url, { allowHttp }),
    headers: async () => ({
      [editorHeader.name]: editorHeader.value,
      ...(token !== undefined && { authorization: await toBearer(token) }),
    }),
    credentials: token === undefined ? 'same-origin' : 'omit',
    toError,
    ...(fetch && { fetch }),
  })
}

/** What the proxy expects as `Authorization`. */
export const toBearer = async (token: TokenSource): Promise<string> =>
  `Bearer ${reveal(await (typeof token === 'function' ? token() : token))}`

/**
 * The address of a proxy, without a last slash; a path belongs to the page that is open. Outside a page, `allowHttp` lets
 * it be on another machine over plain http.
 *
 * @throws `proxy/unsafe-url` for one that must not be sent a token
 * @example
 * toProxyUrl('https://Proxy.acme.example/') // 'https://proxy.acme.example'
 */
export function toProxyUrl(url: string, { allowHttp = false }: { allowHttp?: boolean } = {}): string {
  const page = typeof location === 'undefined' ? undefined : location.href
  if (!URL.canParse(url, page)) throw new ProxyError('proxy/unsafe-url')
  const { protocol, host, origin, pathname, username, password, search, hash } = new URL(url, page)
  const isHttpAllowed = isLoopback(host) || (allowHttp && page === undefined)
  const isPrivate = protocol === 'https:' || (protocol === 'http:' && isHttpAllowed)
  if (!isPrivate || username || password || search || hash) throw new ProxyError('proxy/unsafe-url')
  return origin + pathname.replace(/\/+$/, '')
}

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
