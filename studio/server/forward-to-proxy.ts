import type { Handler } from 'hono'
import { editorHeader, type Secret } from 'lowgate/contract'
import { problem } from './answers.ts'

export interface ProxyAddress {
  /** Without a last slash. */
  url: string
  operatorToken: Secret
}

const passedOn = ['accept', 'content-type', editorHeader.name] as const
const passedBack = ['content-type', 'retry-after', 'x-request-id', 'cache-control'] as const

function pick(headers: Headers, names: readonly string[]): Headers {
  const picked = new Headers()
  for (const name of names) {
    const value = headers.get(name)
    if (value !== null) picked.set(name, value)
  }
  return picked
}

/** Hands a request under `prefix` to the backend proxy with the operator token, which the browser never sees. */
export function forwardToProxy(prefix: string, proxy: ProxyAddress): Handler {
  return async (context, next) => {
    const { raw } = context.req
    const { pathname, search } = new URL(raw.url)
    // The router has decoded the path that it matched: cut off an encoded one, the rest could change the proxy's host.
    if (!pathname.startsWith(`${prefix}/`)) return next()
    const headers = pick(raw.headers, passedOn)
    headers.set('authorization', `Bearer ${proxy.operatorToken.reveal()}`)
    const hasBody = raw.method !== 'GET' && raw.method !== 'HEAD'
    try {
      const answer = await fetch(`${proxy.url}${pathname.slice(prefix.length)}${search}`, {
        method: raw.method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(60_000),
        ...(hasBody && { body: await raw.arrayBuffer() }),
      })
      return new Response(answer.body, { status: answer.status, headers: pick(answer.headers, passedBack) })
    } catch {
      return context.json(
        problem(
          'offline',
          'The backend proxy cannot be reached.',
          'Try again; the operator checks that the proxy runs.',
        ),
        502,
      )
    }
  }
}
