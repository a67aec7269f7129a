import { beforeEach, describe, expect, it } from 'vitest'
import { json, type StubTenant } from '../testing/stub-tenant.ts'
import { callback, clients, list, preflight, useStubTenant } from '../testing/use-stub-tenant.ts'

const stage = useStubTenant()
const inSeconds = (seconds: number) => String(Math.ceil(Date.now() / 1000) + seconds)

describe('refusals of the Management API', () => {
  beforeEach(async () => {
    expect((await stage.save()).status).toBe(200)
  })

  it('401 is told as wrong credentials, after one attempt', async () => {
    stage.tenant.on(clients, json({ statusCode: 401, message: 'Invalid token CANARY' }, 401))
    expect((await stage.proxy.call('POST', list, {})).body.error).toBe('invalid_credentials')
    expect(stage.tenant.count(clients)).toBe(1)
  })

  it('403 names the scope, and nothing else of the tenant’s text', async () => {
    const message = 'Insufficient scope, expected any of: read:clients <b>CANARY</b>'
    stage.tenant.on(clients, json({ statusCode: 403, message, errorCode: 'insufficient_scope' }, 403))
    const answer = await stage.proxy.call('POST', list, {})
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } })
    expect(answer.body.error_description).toContain('read:clients')
    expect(answer.text).not.toContain('CANARY')
  })

  it(
    '429 with a far reset is told at once, with the seconds to wait, and holds further requests back',
    { timeout: 30_000 },
    async () => {
      stage.tenant.on(
        clients,
        json({}, 429, { 'x-ratelimit-reset': inSeconds(60), 'x-ratelimit-limit': '2' }),
      )
      const answer = await stage.proxy.call('POST', list, {})
      expect(answer).toMatchObject({ status: 429, body: { error: 'rate_limited' } })
      expect(answer.body.retry_after).toBeGreaterThan(50)
      expect((await stage.proxy.call('POST', list, {})).status).toBe(429)
      expect(stage.tenant.count(clients)).toBe(1)
    },
  )

  it('429 with a near reset is tried once more', async () => {
    const page = json({ total: 1, start: 0, limit: 50, clients: [{ client_id: 'spa1', name: 'Shop' }] })
    stage.tenant.on(clients, (request, response) => {
      const reply = stage.tenant.count(clients) === 1 ? json({}, 429, { 'retry-after': '0.1' }) : page
      reply(request, response)
    })
    expect((await stage.proxy.call('POST', list, {})).status).toBe(200)
    expect(stage.tenant.count(clients)).toBe(2)
  })

  it('503 on a read is tried once more, then told as the tenant’s own fault', async () => {
    stage.tenant.on(clients, json({ message: 'CANARY' }, 503))
    const answer = await stage.proxy.call('POST', list, {})
    expect(answer).toMatchObject({ status: 502, body: { error: 'bad_upstream' } })
    expect(answer.body.error_description).toContain('503')
    expect(stage.tenant.count(clients)).toBe(2)
  })

  it.each<[string, Parameters<StubTenant['on']>[1]]>([
    ['JSON cut off', (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"clients":[')],
    ['HTML with 200', (_q, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['another shape', json({ clients: 'none' })],
    ['no list at all', json({})],
    ['null', json(null)],
    ['entries without an id', json({ total: 1, start: 0, clients: [{ name: 'Shop' }] })],
  ])('%s is never taken for "no applications"', async (_name, reply) => {
    stage.tenant.on(clients, reply)
    expect(await stage.proxy.call('POST', list, {})).toMatchObject({
      status: 502,
      body: { error: 'bad_upstream' },
    })
  })
})

it('an error page of 4 MB that never closes a tag is read at once', { timeout: 30_000 }, async () => {
  const text = `<head<script<${'<style<head'.repeat(350_000)}`
  stage.tenant.on('/authorize', (_request, response) =>
    response.writeHead(400, { 'content-type': 'text/html' }).end(text),
  )
  const connection = { domain: stage.tenant.domain, clientId: 'spa1' }
  const answer = await stage.proxy.call('POST', preflight, { connection, callback })
  expect(answer.status).toBe(200)
})
