import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'

/**
 * Finds the address a request came from: the socket's, or behind trusted balancers the nearest address in
 * `X-Forwarded-For` that is none of theirs. From anybody else the header counts for nothing.
 */
export function createClientAddress(trustedProxies: readonly string[]) {
  const networks = trustedProxies.map((network) => ipaddr.parseCIDR(network))
  const isTrusted = (address: string) => {
    const parsed = ipaddr.process(address)
    return networks.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits))
  }
  return (c: Context): string => {
    const socket = socketAddress(c)
    if (!ipaddr.isValid(socket) || !isTrusted(socket)) return socket
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    return hops.reverse().find((hop) => ipaddr.isValid(hop) && !isTrusted(hop)) ?? socket
  }
}

/** Requests that are made in memory have no socket. */
function socketAddress(c: Context): string {
  const env = c.env as { incoming?: unknown } | undefined
  return (env?.incoming ? getConnInfo(c).remote.address : undefined) ?? 'in-memory'
}
