import { isLoopback, isLowgateError, LowgateError, type ErrorCode } from 'lowgate/contract'
import type { Session } from 'lowgate/plugin'
import { addQuery } from '../project/address.ts'
import { headerProblem } from '../project/request-parts.ts'

export interface ApiRequest {
  /** With its bindings filled in by `fillAddress`, which keeps them from leading elsewhere. */
  url: string
  /** Added to the address. */
  query?: Record<string, string>
  headers?: Record<string, string>
  method?: string
  /** JSON. */
  body?: string
  withToken?: boolean
}

/** Milliseconds. */
const patience = 15_000

const codes: Record<number, ErrorCode> = {
  401: 'host/api-unauthorized',
  403: 'host/api-forbidden',
  404: 'host/api-not-found',
}

/** What an answer that is not a success means. A status that has no code of its own is named in the title. */
function toApiError(status: number): LowgateError {
  const code = codes[status]
  if (code) return new LowgateError(code, { status })
  return status >= 500
    ? new LowgateError('host/api-failed', { status, title: `The API answered with an error (${status}).` })
    : new LowgateError('host/api-refused', { status, title: `The API refused the request (${status}).` })
}

/** What the SDK throws where an API asks for a nonce (DPoP) and gives none, or refuses the one it gave. */
const refusesProof = (error: unknown) =>
  error instanceof Error && 'error' in error && error.error === 'use_dpop_nonce'

/** @throws `input/invalid` for a header that cannot be sent */
function toHeaders(written: Record<string, string>, withToken: boolean): Headers {
  const headers = new Headers({ accept: 'application/json' })
  for (const [name, value] of Object.entries(written)) {
    const problem = headerProblem(name, value, withToken)
    if (problem) throw new LowgateError('input/invalid', { field: 'headers', title: problem })
    if (value) headers.set(name, value)
  }
  return headers
}

/**
 * The answer of an API, parsed where it is JSON.
 *
 * @param tokenOrigins the only ones that an access token is sent to, so that no link can have it sent elsewhere
 * @throws `input/invalid` for an address that is not http, for a header that cannot be sent, or for a token that would go to another origin or
 *   unencrypted to another machine; `auth/…` when there is no token; `host/api-…` for an API that cannot be reached
 *   or answers with an error, whose `status` it carries
 */
export async function callApi(
  { url, query = {}, headers: written = {}, method = 'GET', body, withToken = false }: ApiRequest,
  session: Pick<Session, 'createFetcher'>,
  tokenOrigins: ReadonlySet<string>,
): Promise<unknown> {
  if (!/^https?:\/\//.test(url))
    throw new LowgateError('input/invalid', {
      field: 'url',
      title: 'The API’s address must start with https://.',
    })
  const origin = URL.canParse(url) ? new URL(url).origin : undefined
  if (withToken && !(origin && tokenOrigins.has(origin)))
    throw new LowgateError('input/invalid', {
      field: 'url',
      title: 'The access token is sent only to the hosts that the site’s builder wrote down.',
    })
  if (withToken && !url.startsWith('https:') && !(origin && isLoopback(new URL(origin).host)))
    throw new LowgateError('input/invalid', {
      field: 'url',
      title: 'The access token is sent only to addresses that start with https://.',
    })
  const headers = toHeaders(written, withToken)
  const hasBody = method !== 'GET' && body !== undefined
  if (hasBody && !headers.has('content-type')) headers.set('content-type', 'application/json')
  let answer: Response
  try {
    const send = withToken ? session.createFetcher().fetchWithAuth : fetch
    answer = await send(addQuery(url, query), {
      method,
      headers,
      credentials: 'omit',
      signal: AbortSignal.timeout(patience),
      body: hasBody ? body : undefined,
    })
  } catch (cause) {
    if (isLowgateError(cause)) throw cause
    if (refusesProof(cause)) throw new LowgateError('host/api-unauthorized', { status: 401, cause })
    throw new LowgateError('host/api-unreachable', { cause })
  }
  if (!answer.ok) throw toApiError(answer.status)
  const text = await answer.text()
  try {
    return text && JSON.parse(text)
  } catch {
    return text
  }
}
