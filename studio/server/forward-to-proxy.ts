import type { Handler } from 'hono'
import { proxyHeaders, type ProxyAddress } from './proxy-client.ts'
import { Refusal } from './refusal.ts'

const passedOn = ['accept', 'content-type'] as const
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
    for (const [name, value] of Object.entries(proxyHeaders(proxy))) headers.set(name, value)
    const hasBody = raw.method !== 'GET' && raw.method !== 'HEAD'
    try {
      const answer = await fetch(`${proxy.url}${pathname.slice(prefix.length)}${search}`, {
        method: raw.method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(60_000),
        body: hasBody ? await raw.arrayBuffer() : undefined,
      })
      return new Response(answer.body, { status: answer.status, headers: pick(answer.headers, passedBack) })
    } catch {
      throw new Refusal('proxyOffline')
    }
  }
}
