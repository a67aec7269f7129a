import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { json, tokenReply, type StubTenant } from '../testing/stub-tenant.ts'
import { at, credentialsFor } from '../testing/test-proxy.ts'
import { clients, fixes, health, list, useStubTenant } from '../testing/use-stub-tenant.ts'

const stage = useStubTenant({ upstreamTimeout: 600 })

it.each<[string, Parameters<StubTenant['on']>[1]]>([
  ['no reply', () => undefined],
  [
    'a trickle',
    (_q, r) => {
      r.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => r.write(' '), 20)
      r.on('close', () => {
        clearInterval(timer)
      })
    },
  ],
])('%s is told as a timeout', async (_name, reply) => {
  stage.tenant.on(clients, reply)
  const credentials = credentialsFor(stage.tenant.domain)
  expect(await stage.proxy.call('POST', list, { credentials })).toMatchObject({
    status: 504,
    body: { error: 'timeout' },
  })
})

describe('a request that was answered as too late', () => {
  const late =
    (reply: Parameters<StubTenant['on']>[1]): Parameters<StubTenant['on']>[1] =>
    (request, response) =>
      void setTimeout(() => {
        reply(request, response)
      }, 400)

  it('saves nothing afterwards', async () => {
    stage.tenant.on(
      '/.well-known/openid-configuration',
      late(json({ issuer: `http://${stage.tenant.domain}/` })),
    )
    stage.tenant.on('/oauth/token', late(json(tokenReply)))
    expect((await stage.save()).status).toBe(504)
    await sleep(600)
    expect((await stage.proxy.call('GET', at())).body.error).toBe('no_connection')
  })

  it('changes nothing at the tenant afterwards', async () => {
    stage.tenant.on('/oauth/token', late(json(tokenReply)))
    stage.tenant.on(`${clients}/spa1`, late(json({ client_id: 'spa1', name: 'Shop' })))
    const credentials = credentialsFor(stage.tenant.domain)
    const request = { credentials, choices: { clientId: 'spa1' }, fixes, apply: true }
    expect((await stage.proxy.call('POST', `${health}/fix`, request)).status).toBe(504)
    await sleep(600)
    expect(stage.tenant.requests.filter(({ line }) => line.startsWith('PATCH'))).toEqual([])
  })

  it('leaves the queue', async () => {
    stage.tenant.on('/oauth/token', json(tokenReply))
    stage.tenant.on(clients, () => undefined)
    stage.tenant.on(`${clients}/search`, () => undefined)
    const credentials = credentialsFor(stage.tenant.domain)
    const ask = (search: string) => stage.proxy.call('POST', list, { credentials, search })
    await Promise.all(Array.from({ length: 10 }, (_, index) => ask(`name ${String(index)}`)))
    await sleep(1_500)
    const asked = stage.tenant.requests.length
    await sleep(1_500)
    expect(stage.tenant.requests.length).toBe(asked)
  })
})
