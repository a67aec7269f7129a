import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { ProxyError } from '../errors.ts'

export type Resolve = (hostname: string) => Promise<LookupAddress[]>

export const resolveByDns: Resolve = (hostname) => systemLookup(hostname, { all: true })

/** Whether `address` is one on the public internet, in whichever notation it is written. */
export const isPublicAddress = (address: string): boolean => ipaddr.process(address).range() === 'unicast'

/**
 * A look-up for sockets that answers public addresses alone. A socket connects to exactly the addresses checked
 * here, so that a second DNS answer cannot lead elsewhere.
 */
export function guardLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
          callback(new ProxyError('proxy/blocked-address'), '')
        else if (options.all) callback(null, addresses)
        else callback(null, first.address, first.family)
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), '')
      },
    )
  }
}

/** Local tenants listen on 127.0.0.1, whatever this machine makes of `localhost` and the names under it. */
export const loopbackLookup: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}
