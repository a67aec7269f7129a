import { Agent, fetch, type Response } from 'undici'
import { toDomain } from 'lowgate/contract'
import { proxyError } from '../errors.ts'
import { guardLookup, loopbackLookup, resolveByDns, type Resolve } from './address-guard.ts'
import { isTenantHost, type DomainRule } from './domain-rule.ts'
import { toNetworkError } from './network-errors.ts'

const maxBytes = 5_000_000

export interface UpstreamRequest {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** `page` takes any kind of answer, redirects included; a redirect is handed back, never followed. */
  expects?: 'json' | 'page'
  /** Goes to any public name, for what anybody may read; it carries no body and no header. */
  isAnonymous?: boolean
}

/** An answer that arrived whole. */
export interface UpstreamReply {
  status: number
  headers: Headers
  text: string
}

export type GuardedFetch = ((url: string, request?: UpstreamRequest) => Promise<UpstreamReply>) & {
  close(): Promise<void>
}

export interface GuardedFetchOptions {
  rule: DomainRule
  /** Milliseconds from the start to the last byte. */
  timeout: number
  onReply?: (entry: {
    method: string
    host: string
    path: string
    status: number
    bytes: number
    ms: number
  }) => void
  resolve?: Resolve
}

/**
 * A fetch that reaches tenants and nothing else: public addresses over https (local tenants over plain http), no
 * redirect, one deadline over the whole body, 5 MB at most, and JSON that is JSON.
 */
export function createGuardedFetch({
  rule,
  timeout,
  onReply,
  resolve = resolveByDns,
}: GuardedFetchOptions): GuardedFetch {
  // An idle socket is closed soon, and its tenant forgotten: ten thousand tenants do not mean ten thousand sockets.
  const limits = { connections: 16, keepAliveTimeout: 10_000 }
  const open = new Agent({ ...limits, connect: { lookup: guardLookup(resolve) } })
  const local = new Agent({ ...limits, connect: { lookup: loopbackLookup } })

  const guardedFetch = async (address: string, request: UpstreamRequest = {}) => {
    const url = new URL(address)
    if (!mayReach(url, request, rule)) throw proxyError('proxy/blocked-address')
    const isLocal = rule.localTenants.has(url.host)
    if (isLocal) url.protocol = 'http:'
    const { method = 'GET', headers = {}, body, expects = 'json' } = request
    const started = performance.now()
    const signal = AbortSignal.timeout(timeout)
    let response: Response | undefined
    try {
      response = await fetch(url, {
        method,
        headers,
        body,
        redirect: 'manual',
        signal,
        dispatcher: isLocal ? local : open,
      })
      if (expects === 'json' && response.status >= 300 && response.status < 400)
        throw proxyError('proxy/redirect-refused')
      const text = await readText(response)
      const { status } = response
      const ms = Math.round(performance.now() - started)
      onReply?.({ method, host: url.host, path: url.pathname, status, bytes: text.length, ms })
      if (expects === 'json' && response.ok) assertJson(response, text)
      return { status, headers: new Headers([...response.headers]), text }
    } catch (error) {
      await response?.body?.cancel().catch(() => undefined)
      throw toNetworkError(error, response !== undefined)
    }
  }
  return Object.assign(guardedFetch, {
    close: async () => {
      await Promise.all([open.destroy(), local.destroy()])
    },
  })
}

function mayReach(url: URL, { isAnonymous, body, headers }: UpstreamRequest, rule: DomainRule): boolean {
  if (url.protocol !== 'https:' || url.username) return false
  if (isTenantHost(url.host, rule)) return true
  return isAnonymous === true && body === undefined && !headers && toDomain(url.host) === url.host
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).byteLength
    if (size > maxBytes)
      throw proxyError('proxy/bad-upstream', {
        title: 'The tenant’s answer is over 5 MB, so it was not used.',
      })
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function assertJson(response: Response, text: string): void {
  if (response.status === 204) return
  const type = response.headers.get('content-type') ?? ''
  if (!/^application\/([a-z.-]+\+)?json\b/i.test(type) || !isJson(text))
    throw proxyError('proxy/bad-upstream', {
      title: 'The tenant’s answer is not JSON, so it was not used.',
    })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
