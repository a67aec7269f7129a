import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'

/**
 * Finds the address a request came from: the socket's, or behind trusted balancers the nearest address in
 * `X-Forwarded-For` that is none of theirs. From anybody else the header counts for nothing.
 */
export function createClientAddress(trustedProxies: readonly string[]) {
  const isTrusted = createTrust(trustedProxies)
  return (c: Context): string => {
    const socket = socketAddress(c)
    if (!isTrusted(socket)) return socket
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    return hops.reverse().find((hop) => ipaddr.isValid(hop) && !isTrusted(hop)) ?? socket
  }
}

/**
 * Finds the method and address that a visitor asked a web server for, which tells them in `X-Forwarded-Method`, `-Proto`,
 * `-Host` and `-Uri`. From anybody but a trusted proxy, or when one is missing or double, it is the request's own.
 */
export function createAskedFor(trustedProxies: readonly string[]) {
  const isTrusted = createTrust(trustedProxies)
  return (c: Context): { method: string; url: string } => {
    const forwarded = (name: string) => /^\S+$/.exec(c.req.header(`x-forwarded-${name}`) ?? '')?.[0]
    const [method, proto, host, uri] = ['method', 'proto', 'host', 'uri'].map(forwarded)
    const isTold = method && proto && host && uri && isTrusted(socketAddress(c))
    return isTold ? { method, url: `${proto}://${host}${uri}` } : { method: c.req.method, url: c.req.url }
  }
}

function createTrust(trustedProxies: readonly string[]) {
  const networks = trustedProxies.map((network) => ipaddr.parseCIDR(network))
  return (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return networks.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits))
  }
}

/** Requests that are made in memory have no socket. */
function socketAddress(c: Context): string {
  const env = c.env as { incoming?: unknown } | undefined
  return (env?.incoming ? getConnInfo(c).remote.address : undefined) ?? 'in-memory'
}
