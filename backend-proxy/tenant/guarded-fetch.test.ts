import { execFileSync } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fetch } from 'undici'
import { describe, expect, it } from 'vitest'
import { json, startStubTenant, type StubTenant } from '../testing/stub-tenant.ts'
import { codeOf, create, guarded, tenant, url, useGuardedFetch } from '../testing/use-guarded-fetch.ts'
import { toNetworkError } from './network-errors.ts'

useGuardedFetch()

describe('the guarded fetch', () => {
  it('hands over an answer that arrived whole', async () => {
    tenant.on('/x', json({ fine: true }))
    expect(await guarded(url)).toMatchObject({ status: 200, text: '{"fine":true}' })
  })

  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/problem+json',
    'application/vnd.auth-o.x+json',
  ])('takes JSON that is sent as %s', async (type) => {
    tenant.on('/x', (_q, r) => r.writeHead(200, { 'content-type': type }).end('{}'))
    expect(await guarded(url)).toMatchObject({ status: 200, text: '{}' })
  })

  it.each(['x-application/json', 'application/jsonp', 'application/json5', 'application/a b+json', ''])(
    'does not use JSON that is sent as %j, and says so',
    async (type) => {
      tenant.on('/x', (_q, r) => r.writeHead(200, type ? { 'content-type': type } : {}).end('{}'))
      await expect(guarded(url)).rejects.toMatchObject({
        code: 'proxy/bad-upstream',
        message: expect.stringContaining('is not JSON') as string,
      })
    },
  )

  it('hands over refusals and empty answers as they are, whatever their type', async () => {
    tenant.on('/x', (_q, r) => r.writeHead(404, { 'content-type': 'text/html', 'x-note': 'n' }).end('<html>'))
    const refused = await guarded(url)
    expect(refused).toMatchObject({ status: 404, text: '<html>' })
    expect(refused.headers.get('x-note')).toBe('n')
    tenant.on('/x', (_q, r) => r.writeHead(204).end())
    expect(await guarded(url, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' })
  })

  it.each([300, 302, 399])('hands over a page that answers %i, and what it redirects to', async (status) => {
    tenant.on('/x', (_q, r) => r.writeHead(status, { location: '/next' }).end('<p>'))
    const page = await guarded(url, { expects: 'page' })
    expect(page).toMatchObject({ status, text: '<p>' })
    expect(page.headers.get('location')).toBe('/next')
    tenant.on('/next', (_q, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<p>next'))
    expect((await guarded(`https://${tenant.domain}/next`, { expects: 'page' })).text).toBe('<p>next')
    tenant.requests.length = 0
    expect(tenant.count('/next')).toBe(0)
    expect(await codeOf(guarded(url))).toBe('proxy/redirect-refused')
  })

  it('sends method, headers and body as they are, and by default asks to read', async () => {
    tenant.on('/x', json({}))
    await guarded(`${url}?a=1`, { method: 'PATCH', headers: { 'x-note': 'n' }, body: '{"a":1}' })
    expect(tenant.requests[0]).toMatchObject({
      line: 'PATCH /x?a=1',
      text: '{"a":1}',
      headers: { 'x-note': 'n' },
    })
    await guarded(url)
    expect(tenant.requests[1]).toMatchObject({ line: 'GET /x', text: '' })
  })

  it('takes an answer of exactly 5 MB, and none over it', async () => {
    const ofSize = (size: number) => json('x'.repeat(size - 2))
    tenant.on('/x', ofSize(5_000_000))
    expect((await guarded(url)).text).toHaveLength(5_000_000)
    tenant.on('/x', ofSize(5_000_001))
    await expect(guarded(url)).rejects.toMatchObject({ message: expect.stringContaining('5 MB') as string })
  })

  it('speaks to every other tenant by https only', async () => {
    const connections: unknown[] = []
    const note = (message: unknown) => connections.push((message as { connectParams: unknown }).connectParams)
    subscribe('undici:client:beforeConnect', note)
    const away = create({ resolve: () => Promise.resolve([]) })
    expect(await codeOf(away('https://t.auth0.com/'))).toBe('proxy/blocked-address')
    unsubscribe('undici:client:beforeConnect', note)
    expect(connections).toMatchObject([{ protocol: 'https:', hostname: 't.auth0.com' }])
    await away.close()
  })

  it('reaches a local tenant by its name on this machine, without a look-up', async () => {
    const host = `tenant.localhost:${tenant.domain.split(':')[1] ?? ''}`
    const lookedUp: string[] = []
    const named = create({
      rule: { suffixes: [], localTenants: new Set([host]) },
      resolve: (name) => Promise.reject(new Error(String(lookedUp.push(name)))),
    })
    tenant.on('/x', json({}))
    expect(await named(`https://${host}/x`)).toMatchObject({ status: 200 })
    expect(lookedUp).toEqual([])
    await named.close()
  })

  it('reports each answer without its query', async () => {
    const entries: unknown[] = []
    const reporting = create({ onReply: (entry) => entries.push(entry) })
    tenant.on('/x', json({ a: 'ü' }))
    await reporting(`${url}?secret=1`)
    expect(entries).toEqual([
      {
        method: 'GET',
        host: tenant.domain,
        path: '/x',
        status: 200,
        bytes: 9,
        ms: expect.any(Number) as number,
      },
    ])
    expect((entries[0] as { ms: number }).ms).toBeLessThan(60_000)
    await reporting.close()
  })

  it.each([301, 302, 303, 307, 308])('follows no redirect (%i)', async (status) => {
    const second = await startStubTenant()
    tenant.on('/x', (_request, response) =>
      response.writeHead(status, { location: `http://${second.domain}/` }).end(),
    )
    expect(await codeOf(guarded(url, { method: 'POST', body: 'secret' }))).toBe('proxy/redirect-refused')
    expect(second.requests).toEqual([])
    await second.close()
  })

  it.each<[string, Parameters<StubTenant['on']>[1]]>([
    ['silence', () => undefined],
    [
      'a body that trickles',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => {
          clearInterval(timer)
        })
      },
    ],
  ])('gives up on %s', async (_name, reply) => {
    tenant.on('/x', reply)
    const impatient = create({ timeout: 400 })
    expect(await codeOf(impatient(url))).toBe('proxy/timeout')
    await impatient.close()
  })

  it('stops an endless body at 5 MB', async () => {
    let sent = 0
    tenant.on('/x', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const chunk = Buffer.alloc(256 * 1024, 0x20)
      const push = () => {
        while (!response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', push)
        }
      }
      push()
    })
    expect(await codeOf(guarded(url))).toBe('proxy/bad-upstream')
    expect(sent).toBeLessThan(20_000_000)
  })

  it('counts a compressed body by what it unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20))
    tenant.on('/x', (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb),
    )
    expect(await codeOf(guarded(url))).toBe('proxy/bad-upstream')
  })

  it.each<[string, Parameters<StubTenant['on']>[1]]>([
    [
      'JSON cut off',
      (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"clients":[{"cl'),
    ],
    [
      'a body shorter than promised',
      (_q, r) => {
        r.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{}')
        setTimeout(() => r.destroy(), 20)
      },
    ],
    ['HTML with 200', (_q, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['JSON under another type', (_q, r) => r.writeHead(200, { 'content-type': 'text/plain' }).end('{}')],
    ['an empty 200', (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end()],
    [
      'broken compression',
      (_q, r) =>
        r.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('{}'),
    ],
  ])('does not use %s', async (_name, reply) => {
    tenant.on('/x', reply)
    expect(await codeOf(guarded(url))).toBe('proxy/bad-upstream')
  })

  it('tells a closed port from a slow one', async () => {
    await tenant.close()
    expect(await codeOf(guarded(url))).toBe('proxy/unreachable')
  })

  it('tells an unknown name', async () => {
    const resolve = () =>
      Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
    const nowhere = create({ resolve })
    expect(await codeOf(nowhere('https://t.auth0.com/'))).toBe('proxy/unreachable')
    await nowhere.close()
  })

  it('tells a bad certificate', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lowgate-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-subj',
        '/CN=t.auth0.com',
        '-days',
        '1',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    )
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const error: unknown = await fetch(`https://127.0.0.1:${String(port)}/`).catch(
      (thrown: unknown) => thrown,
    )
    expect(toNetworkError(error, false).code).toBe('proxy/tls-error')
    server.close()
    rmSync(folder, { recursive: true })
  })
})
