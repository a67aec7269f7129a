import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { proxyError } from '../errors.ts'

export type Resolve = (hostname: string) => Promise<LookupAddress[]>

export const resolveByDns: Resolve = (hostname) => systemLookup(hostname, { all: true })

/** All of the public internet that IPv6 has; older notations of IPv4 addresses, such as `::7f00:1`, are outside. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether `address` is one on the public internet, in whichever notation it is written; a text that is none is not. */
export function isPublicAddress(address: string): boolean {
  if (!isIP(address)) return false
  const ip = ipaddr.process(address)
  return ip.range() === 'unicast' && (ip instanceof ipaddr.IPv4 || ip.match(globalUnicast))
}

/**
 * A look-up for sockets that answers only public addresses. A socket connects to exactly the addresses checked
 * here, so that a second DNS answer cannot lead elsewhere.
 */
export function guardLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname)
      .then(onlyPublic)
      .then(
        ([first, ...others]) => {
          if (options.all) callback(null, [first, ...others])
          else callback(null, first.address, first.family)
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)), '')
        },
      )
  }
}

function onlyPublic([first, ...others]: LookupAddress[]): [LookupAddress, ...LookupAddress[]] {
  if (first && [first, ...others].every(({ address }) => isPublicAddress(address))) return [first, ...others]
  throw proxyError('proxy/blocked-address')
}

/** Local tenants listen on 127.0.0.1, whatever this machine makes of `localhost` and the names under it. */
export const loopbackLookup: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}
