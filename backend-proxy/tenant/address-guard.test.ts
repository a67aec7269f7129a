import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { describe, expect, it } from 'vitest'
import { guardLookup, loopbackLookup } from './address-guard.ts'

const first = { address: '93.184.215.14', family: 4 }
const second = { address: '2606:2800:21f:cb07:6820:80da:af6b:8b2c', family: 6 }

/** What a socket is told: an error, every address, or one of them with its family. */
const ask = (lookup: LookupFunction, all: boolean) =>
  new Promise<unknown>((resolve) => {
    lookup('t.auth0.com', { all }, (error, ...answer) => {
      resolve(error ?? answer)
    })
  })

describe('the look-up of a socket', () => {
  const guard = (addresses: LookupAddress[]) => guardLookup(() => Promise.resolve(addresses))

  it('answers every public address to a socket that takes several, and else the first', async () => {
    expect(await ask(guard([first, second]), true)).toEqual([[first, second]])
    expect(await ask(guard([second, first]), false)).toEqual([second.address, second.family])
  })

  it.each([
    ['the first', [{ address: '10.0.0.1', family: 4 }, first]],
    ['the last', [first, second, { address: '10.0.0.1', family: 4 }]],
    ['the only', [{ address: '10.0.0.1', family: 4 }]],
  ])('is refused when %s address is private', async (_which, addresses) => {
    for (const all of [true, false])
      expect(await ask(guard(addresses), all)).toMatchObject({ code: 'proxy/blocked-address' })
  })

  it('is refused when there is no address', async () => {
    expect(await ask(guard([]), true)).toMatchObject({ code: 'proxy/blocked-address' })
  })

  it('hands on why a name was not found, as an error whatever was thrown', async () => {
    const missing = new Error('getaddrinfo ENOTFOUND')
    expect(
      await ask(
        guardLookup(() => Promise.reject(missing)),
        true,
      ),
    ).toBe(missing)

    expect(
      await ask(
        guardLookup(() => Promise.reject('broken')),
        true,
      ),
    ).toEqual(new Error('broken'))
  })

  it('of a local tenant is this machine, whatever the name', async () => {
    expect(await ask(loopbackLookup, true)).toEqual([[{ address: '127.0.0.1', family: 4 }]])
    expect(await ask(loopbackLookup, false)).toEqual(['127.0.0.1', 4])
  })
})
