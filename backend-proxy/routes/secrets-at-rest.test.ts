import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConfigError } from '../config.ts'
import { databases, type TestDatabase } from '../testing/databases.ts'
import { json, startStubTenant, type StubTenant } from '../testing/stub-tenant.ts'
import {
  at,
  createTestProxy,
  entered,
  makeDataDir,
  operatorToken,
  secret,
  type TestProxy,
} from '../testing/test-proxy.ts'

const makeKey = () => randomBytes(32).toString('base64')
const [oldKey, newKey] = [makeKey(), makeKey()]

let tenant: StubTenant

beforeEach(async () => {
  tenant = await startStubTenant()
})

afterEach(() => tenant.close())

const encodings = (text: string) => {
  const bytes = Buffer.from(text)
  return [
    text,
    bytes.toString('base64').slice(0, -3),
    bytes.toString('base64url').slice(0, -3),
    bytes.toString('hex'),
  ]
}

describe('no canary', () => {
  it('is in the answers, the log at trace level, the database or its journal', async () => {
    const proxy = await createTestProxy({ localTenants: [tenant.domain] })
    const path = '/projects/shop/environments/preview/lists/applications'
    const texts: string[] = []
    const call = async (...args: Parameters<TestProxy['call']>) => {
      const answer = await proxy.call(...args)
      texts.push(answer.text, JSON.stringify([...answer.headers]))
    }
    await call('PUT', at(), entered(tenant.domain))
    await call('PUT', at(), entered(tenant.domain))
    await call('PUT', at(), { ...entered(tenant.domain), m2mClientSecret: { nested: secret } })
    await call('PUT', at(), `{"m2mClientSecret":"${secret}"`)
    await call('POST', path, {})
    // A tenant, or something in its place, that throws everything back.
    const echo: Parameters<StubTenant['on']>[1] = (request, response) => {
      response.writeHead(500, { 'content-type': 'application/json', 'x-echo': secret })
      response.end(
        JSON.stringify({ message: `${request.text} ${String(request.headers.authorization)} ${secret}` }),
      )
    }
    tenant.on('/api/v2/clients', echo)
    await call('POST', path, {})
    tenant.on('/api/v2/clients', json({ message: secret }, 400))
    await call('POST', path, {})
    tenant.on('/oauth/token', echo)
    await call('POST', `${at()}/test`, {})
    await call('GET', at())
    await call('GET', '/openapi.json')
    const files = readdirSync(proxy.dataDir).map((name) => readFileSync(join(proxy.dataDir, name), 'latin1'))
    expect(files.length).toBeGreaterThan(2)
    for (const canary of ['CANARY-m2m-client-secret', 'CANARY-management-token', operatorToken])
      for (const form of encodings(canary))
        for (const text of [...texts, proxy.log(), ...files]) expect(text.includes(form)).toBe(false)
    expect(proxy.log()).toContain('"level":20')
    await proxy.close()
  })
})

describe('a row that was tampered with', () => {
  it.each([
    [
      'a flipped bit',
      "secret = replace(secret, substr(secret, -8, 1), case substr(secret, -8, 1) when 'A' then 'B' else 'A' end)",
    ],
    ['another project', "project = 'blog'"],
    ['another environment', "environment = 'production'"],
    ['another client ID', "m2m_client_id = 'other'"],
  ])('%s makes its secret unreadable, and nothing is sent', async (_name, change) => {
    const config = { localTenants: [tenant.domain] }
    let proxy = await createTestProxy(config)
    await proxy.call('PUT', at(), entered(tenant.domain))
    await proxy.close({ keepData: true })
    const database = new Database(join(proxy.dataDir, 'proxy.db'))
    database.exec(`update connections set ${change}`)
    database.close()
    proxy = await createTestProxy({ ...config, dataDir: proxy.dataDir })
    const before = tenant.requests.length
    const answers = []
    for (const [project, environment] of [
      ['shop', 'preview'],
      ['blog', 'preview'],
      ['shop', 'production'],
    ])
      answers.push(await proxy.call('POST', `${at(project, environment)}/test`, {}))
    expect(answers.map(({ body }) => body.error).sort()).toEqual([
      'decrypt_failed',
      'no_connection',
      'no_connection',
    ])
    expect(tenant.requests.length).toBe(before)
    await proxy.close()
  })
})

for (const { name, skip, create } of databases)
  describe.skipIf(skip)(`encryption keys on ${name}`, () => {
    let database: TestDatabase
    let dataDir: string

    beforeEach(async () => {
      database = await create()
      dataDir = makeDataDir()
    })

    afterEach(async () => {
      await database.drop()
      rmSync(dataDir, { recursive: true })
    })

    const run = (...encryptionKeys: string[]) =>
      createTestProxy({
        ...database.config,
        dataDir,
        encryptionKeys,
        localTenants: [tenant.domain],
        rateLimit: 10_000,
      })

    const stop = (proxy: TestProxy) => proxy.close({ keepData: true })

    it('that are wrong make the proxy not ready, and change no row', async () => {
      const first = await run(oldKey)
      await first.call('PUT', at(), entered(tenant.domain))
      await stop(first)
      const wrong = await run(newKey)
      const ready = await wrong.call('GET', '/readiness')
      expect(ready).toMatchObject({ status: 503, body: { error: 'not_ready' } })
      expect((await wrong.call('GET', '/liveness')).status).toBe(200)
      expect((await wrong.call('POST', `${at()}/test`, {})).body.error).toBe('decrypt_failed')
      await stop(wrong)
      const again = await run(oldKey)
      expect((await again.call('GET', '/readiness')).status).toBe(200)
      expect((await again.call('POST', `${at()}/test`, {})).status).toBe(200)
      await stop(again)
    })

    it('are rotated under load without an error, after which the old key can go', async () => {
      const first = await run(oldKey)
      const projects = Array.from({ length: 60 }, (_, index) => `p${String(index)}`)
      for (const project of projects) await first.call('PUT', at(project), entered(tenant.domain))
      await stop(first)
      const both = await run(newKey, oldKey)
      const list = (project: string) =>
        both.call('POST', `/projects/${project}/environments/preview/lists/applications`, {})
      const resave = (project: string) =>
        both.call('PUT', at(project), { ...entered(tenant.domain), m2mClientSecret: '', revision: 1 })
      const answers = await Promise.all(projects.flatMap((project) => [list(project), resave(project)]))
      expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([])
      await vi.waitFor(() => {
        expect(both.log()).toContain('encrypted saved secrets')
      }, 15_000)
      await stop(both)
      const onlyNew = await run(newKey)
      expect((await onlyNew.call('GET', '/readiness')).status).toBe(200)
      for (const project of projects)
        expect((await onlyNew.call('POST', `${at(project)}/test`, {})).status).toBe(200)
      await stop(onlyNew)
    })
  })

describe('the operator token', () => {
  it('is made at the first start, and only its hash is kept', async () => {
    const dataDir = makeDataDir()
    const { createBackendProxy } = await import('../backend-proxy.ts')
    const first = await createBackendProxy({ dataDir, logLevel: 'silent' })
    expect(first.operatorToken?.reveal()).toMatch(/^lgo_[\w-]{43}$/)
    await first.close()
    const second = await createBackendProxy({ dataDir, logLevel: 'silent' })
    expect(second.operatorToken).toBeUndefined()
    const answer = await second.app.request('/projects/shop/connections', {
      headers: { authorization: `Bearer ${String(first.operatorToken?.reveal())}` },
    })
    expect(answer.status).toBe(200)
    await second.close()
    const files = readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file), 'latin1'))
    expect(files.some((text) => text.includes(String(first.operatorToken?.reveal())))).toBe(false)
    rmSync(dataDir, { recursive: true })
  })
})

describe('in production', () => {
  const dataDir = '/nonexistent'
  it.each([
    ['local tenants', { encryptionKeys: [newKey], localTenants: ['127.0.0.1:4401'] }, /LOCAL_TENANTS/],
    ['a missing encryption key', {}, /ENCRYPTION_KEYS/],
  ])('%s keep the proxy from starting', async (_name, config, message) => {
    const { createBackendProxy } = await import('../backend-proxy.ts')
    const starting = createBackendProxy({ production: true, dataDir, ...config })
    await expect(starting).rejects.toThrow(ConfigError)
    await expect(starting).rejects.toThrow(message)
  })
})
