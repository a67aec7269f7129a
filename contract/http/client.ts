import type { z } from 'zod'
import type { Endpoint, ReplyOf, RequestOf, StepOf } from './endpoint.ts'

/** Why a call failed. */
export type Failure =
  /** The server did not answer. */
  | { kind: 'offline'; cause: unknown }
  /** The server refused: `body` is its answer, `undefined` when that is not JSON. */
  | { kind: 'refused'; status: number; body: unknown }
  /** The answer is not the endpoint's, or was cut off. */
  | { kind: 'unreadable'; cause: unknown }

/** How a client reaches its server. */
export interface ClientOptions {
  /** Where the server is, without a last slash; a path where it is the page's own. */
  baseUrl: string
  /**
   * Sent with every request. A function, so that a secret among them can stay wrapped until then, or be renewed. What it
   * throws, the call is rejected with.
   */
  headers: () => Record<string, string> | Promise<Record<string, string>>
  /** Default: the global one, when a call is made. */
  fetch?: typeof globalThis.fetch
  /** Whether cookies go along, as `fetch` takes it. Default: to the page's own origin only. */
  credentials?: RequestCredentials
  /** Makes the error that a call is rejected with. */
  toError: (failure: Failure) => Error
}

interface CallOptions<E extends Endpoint<string>> {
  /** Aborting it rejects the call with its own reason, such as the browser's `AbortError`. */
  signal?: AbortSignal | undefined
  /** Hears what is told on the way, where the endpoint tells something. */
  onStep?: (step: StepOf<E>) => void
}

/** One method for each endpoint, under its name. */
export type Client<Api extends Record<string, Endpoint<string>>> = {
  [K in keyof Api]: (
    // An endpoint without parts is called without an argument.
    ...args: object extends RequestOf<Api[K]>
      ? [request?: RequestOf<Api[K]>, options?: CallOptions<Api[K]>]
      : [request: RequestOf<Api[K]>, options?: CallOptions<Api[K]>]
  ) => Promise<ReplyOf<Api[K]>>
}

/**
 * Calls a server that answers as `api` says. Replies are checked by the endpoints' schemas; anything but a success
 * becomes the error that `toError` makes.
 *
 * @example
 * import { proxyApi } from 'lowgate/contract/proxy-api'
 *
 * const client = createClient(proxyApi, {
 *   baseUrl: '/api/proxy',
 *   headers: () => ({}),
 *   toError: ({ kind }) => new Error(kind),
 * })
 * const { connections } = await client.listConnections({ params: { project: 'acme' } })
 */
export function createClient<Api extends Record<string, Endpoint<string>>>(
  api: Api,
  options: ClientOptions,
): Client<Api> {
  const methods = Object.entries(api).map(([name, endpoint]) => [
    name,
    (request: LooseRequest = {}, call: CallOptions<Endpoint> = {}) => send(endpoint, request, call, options),
  ])
  return Object.fromEntries(methods) as Client<Api>
}

interface LooseRequest {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

async function send(
  endpoint: Endpoint<string>,
  request: LooseRequest,
  { signal, onStep }: CallOptions<Endpoint>,
  { baseUrl, headers, toError, fetch = globalThis.fetch, credentials = 'same-origin' }: ClientOptions,
): Promise<unknown> {
  const tell = onStep as ((step: unknown) => void) | undefined
  const own = await headers()
  let response: Response
  let text: string
  try {
    response = await fetch(baseUrl + addressOf(endpoint, request), {
      method: endpoint.method.toUpperCase(),
      headers: {
        accept: 'application/json',
        ...own,
        ...(endpoint.body && { 'content-type': 'application/json' }),
      },
      body: endpoint.body && JSON.stringify(request.body ?? {}),
      signal,
      cache: 'no-store',
      credentials,
      // No endpoint redirects: followed, one could lead somewhere else with what was sent.
      redirect: 'error',
    })
    text = await (endpoint.step && response.ok ? lastLine(response, endpoint.step, tell) : response.text())
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw toError({ kind: 'offline', cause })
  }
  const body = parseJson(text)
  if (!response.ok) throw toError({ kind: 'refused', status: response.status, body })
  if (!endpoint.reply) return undefined
  const reply = endpoint.reply.safeParse(body)
  if (reply.success) return reply.data
  // What fails between the first step and the last can no longer have a status of its own.
  if (endpoint.step && typeof body === 'object' && body !== null && 'error' in body)
    throw toError({ kind: 'refused', status: 500, body })
  throw toError({ kind: 'unreadable', cause: reply.error })
}

function addressOf({ path }: Endpoint<string>, { params, query }: LooseRequest): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name] ?? '')),
  )
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

/** Passes the steps on as they come. @returns the last line, which holds the reply or the error */
async function lastLine(
  { body }: Response,
  step: z.ZodType,
  onStep: ((step: unknown) => void) | undefined,
): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const told = step.safeParse(parseJson(line))
      if (!told.success) return line
      onStep?.(told.data)
    }
  }
  return rest
}
