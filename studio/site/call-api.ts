import { isLoopback, LowgateError, type AuthClient } from 'lowgate/contract'

export interface ApiRequest {
  url: string
  method?: string
  /** JSON text, or a value to be sent as JSON. */
  body?: unknown
  withToken?: boolean
}

/** Milliseconds. */
const patience = 15_000

const failure = (message: string, cause?: unknown) =>
  new LowgateError('auth/failed', {
    message,
    suggestion: 'Try again in a moment; if it happens every time, tell the site’s owner.',
    cause,
  })

/**
 * The answer of an API, parsed where it is JSON.
 *
 * @param tokenOrigins the only ones that an access token is sent to, so that no link can have it sent elsewhere
 * @throws `input/invalid` for an address that is not http, or for a token that would go to another origin or
 *   unencrypted to another machine; `auth/…` when no token is to be had; `auth/failed` for an API that cannot be reached
 *   or answers with an error
 */
export async function callApi(
  { url, method = 'GET', body, withToken }: ApiRequest,
  client: AuthClient,
  tokenOrigins: ReadonlySet<string>,
): Promise<unknown> {
  if (!/^https?:\/\//.test(url))
    throw new LowgateError('input/invalid', {
      field: 'url',
      message: 'The API’s address must start with https://.',
    })
  const origin = URL.canParse(url) ? new URL(url).origin : undefined
  if (withToken && !(origin && tokenOrigins.has(origin)))
    throw new LowgateError('input/invalid', {
      field: 'url',
      message: 'The access token goes to the hosts alone that the site’s builder wrote down.',
    })
  if (withToken && !url.startsWith('https:') && !(origin && isLoopback(new URL(origin).host)))
    throw new LowgateError('input/invalid', {
      field: 'url',
      message: 'The access token goes to addresses that start with https:// alone.',
    })
  const headers: Record<string, string> = { accept: 'application/json' }
  if (withToken) headers.authorization = `Bearer ${await client.getAccessToken({})}`
  const hasBody = method !== 'GET' && body !== undefined
  if (hasBody) headers['content-type'] = 'application/json'
  let answer: Response
  try {
    answer = await fetch(url, {
      method,
      headers,
      credentials: 'omit',
      signal: AbortSignal.timeout(patience),
      ...(hasBody && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  } catch (error) {
    throw failure('The API cannot be reached.', error)
  }
  if (!answer.ok) throw failure(`The API answered with an error (${answer.status}).`)
  const text = await answer.text()
  try {
    return text && JSON.parse(text)
  } catch {
    return text
  }
}
