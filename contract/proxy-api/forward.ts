import { editorHeader } from '../editor-header.ts'
import { editorTexts } from '../errors/editor-texts.ts'
import { hasRole, type ProjectRole } from './access.ts'
import { toBearer, toProxyUrl, type ProxyClientOptions, type TokenSource } from './client.ts'
import { proxyApi, type ProxyEndpoint } from './endpoints.ts'
import { largestRequest, toWireCode, type Problem, type ProxyCode } from './schemas.ts'

export interface ForwardOptions extends Pick<ProxyClientOptions, 'allowHttp' | 'fetch'> {
  /** Where the proxy is: https unless it is on this machine or `allowHttp` is set. */
  url: string
  /** The operator token or an editor token, which the browser never sees. */
  token: TokenSource
  /** The path at which your server hands requests over, without a last slash, such as `/api/proxy`. */
  prefix: string
  /**
   * What the sender of this request may do in `project`; `undefined` refuses it. Ask your own session, and name a project
   * only to those who may change it. With `owner` a browser can have editor tokens issued, which outlive your session.
   */
  allow(project: string, request: Request): ProjectRole | undefined | Promise<ProjectRole | undefined>
}

const passedOn = ['accept', 'content-type', editorHeader.name]
const passedBack = ['content-type', 'retry-after', 'x-request-id', 'cache-control']

/** The routes that have a project; liveness and the like are for the proxy's operator. */
const routes = Object.values<ProxyEndpoint>(proxyApi)
  .filter((endpoint) => endpoint.role !== undefined)
  .map(({ method, path, params, role }) => ({
    method: method.toUpperCase(),
    params,
    role,
    // Every name in a path is of these letters: what is encoded, or climbs, is not a route.
    pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[a-z0-9-]+)')}$`),
  }))

/**
 * Hands requests of the editor to the backend proxy, for a host with a server: it adds the token, and passes on nothing
 * but the proxy's own routes for projects that `allow` names, three headers and a body of at most 64 KB. Cookies, hop-by-hop
 * and `X-Forwarded-*` headers and the query stay behind, and of the answer only JSON and four headers come back. A request
 * without the header `x-lowgate: editor`, which no form of another site can send, is refused.
 *
 * Errors of `allow` and of a token function are yours to answer; all others are answered in the proxy's form.
 *
 * @throws `proxy/unsafe-url` at once
 * @example
 * const forward = forwardToProxy({
 *   url: 'https://proxy.acme.example',
 *   token: () => process.env.PROXY_TOKEN ?? '',
 *   prefix: '/api/proxy',
 *   allow: (project) => (project === 'acme' ? 'editor' : undefined),
 * })
 * const response = await forward(new Request('https://editor.acme.example/api/proxy/projects/acme/connections'))
 */
export function forwardToProxy(options: ForwardOptions): (request: Request) => Promise<Response> {
  const { token, prefix, allow, fetch = globalThis.fetch } = options
  const url = toProxyUrl(options.url, options)
  return async (request) => {
    const { pathname } = new URL(request.url)
    const path = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : ''
    const found = find(request.method, path)
    if (!found) return refuse(404, 'proxy/not-found')
    if (request.headers.get(editorHeader.name) !== editorHeader.value) return refuse(403, 'proxy/forbidden')
    const role = await allow(found.project, request)
    if (!role || !hasRole(role, found.role)) return refuse(403, 'proxy/not-permitted')
    const body = await readBody(request)
    if (body === 'too large') return refuse(413, 'proxy/too-large')
    const headers = pick(request.headers, passedOn)
    headers.set('authorization', await toBearer(token))
    try {
      const answer = await fetch(url + path, {
        method: request.method,
        headers,
        redirect: 'error',
        credentials: 'omit',
        signal: AbortSignal.timeout(60_000),
        ...(body && { body }),
      })
      // A page of somebody else must not be shown as one of the host's own.
      if (answer.status !== 204 && !isJson(answer)) return refuse(503, 'proxy/offline')
      return new Response(answer.body, { status: answer.status, headers: pick(answer.headers, passedBack) })
    } catch {
      return refuse(503, 'proxy/offline')
    }
  }
}

/** The route that a request asks for, and its project. */
function find(method: string, path: string): { role: ProjectRole; project: string } | undefined {
  for (const route of routes) {
    const names = route.method === method ? route.pattern.exec(path)?.groups : undefined
    if (names?.project && route.params?.safeParse(names).success)
      return { role: route.role, project: names.project }
  }
  return undefined
}

async function readBody({ body }: Request): Promise<Uint8Array<ArrayBuffer> | 'too large' | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const reader = body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength
    if (size > largestRequest) {
      await reader?.cancel()
      return 'too large'
    }
    chunks.push(part.value)
  }
  return size ? new Uint8Array(await new Blob(chunks).arrayBuffer()) : undefined
}

const isJson = ({ headers }: Response): boolean =>
  /^application\/json(;|$)/i.test(headers.get('content-type') ?? '')

function pick(headers: Headers, names: readonly string[]): Headers {
  const picked = new Headers()
  for (const name of names) {
    const value = headers.get(name)
    if (value !== null) picked.set(name, value)
  }
  return picked
}

function refuse(status: number, code: ProxyCode): Response {
  const { title, cure } = editorTexts[code]
  const problem: Problem = {
    error: toWireCode(code),
    error_description: title,
    suggestion: cure,
    request_id: crypto.randomUUID(),
  }
  return Response.json(problem, { status, headers: { 'cache-control': 'no-store' } })
}
