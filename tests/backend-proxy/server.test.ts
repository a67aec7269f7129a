import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, startBackendProxy, type RunningBackendProxy } from '../../backend-proxy/index.ts'

const operatorToken = 'operator-token-of-the-tests'
let dataDir: string
let proxy: RunningBackendProxy
let port: number

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'lowgate-proxy-'))
  proxy = await startBackendProxy({ dataDir, port: 0, operatorToken, logLevel: 'silent' })
  port = Number(new URL(proxy.url).port)
})

afterAll(async () => {
  await proxy.close()
  rmSync(dataDir, { recursive: true })
})

/** The status line of the answer to these bytes. */
async function statusOf(...bytes: string[]): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  // The server may close before everything is sent: what it said by then is what counts.
  socket.on('error', () => undefined)
  for (const part of bytes) socket.write(part)
  await Promise.race([once(socket, 'close'), once(socket, 'data')])
  socket.destroy()
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])
}

const get = (target: string, headers = '') =>
  statusOf(`GET ${target} HTTP/1.1\r\nHost: proxy\r\n${headers}\r\n`)

describe('the server on its port', () => {
  it('answers', async () => {
    expect((await fetch(`${proxy.url}/readiness`)).status).toBe(200)
    expect(await get('/liveness')).toBe(200)
  })

  it.each([
    '//liveness',
    '/liveness/../../projects/shop/connections',
    '/projects/shop/connections/../../../liveness/x',
    '/liveness;/../../projects/shop/connections',
    '/liveness/%2e%2e/%2e%2e/projects/shop/connections',
    '/./projects/shop/connections',
    'http://proxy/projects/shop/connections',
    'http://evil.test/projects/shop/connections',
  ])('asks for the token when the target is %s', async (target) => {
    expect(await get(target)).toBe(401)
  })

  it.each(['*', '/\\liveness', '/%', '/\u0001', 'liveness', ''])('survives the target %j', async (target) => {
    expect(await get(target)).not.toBe(500)
    expect(await get('/liveness')).toBe(200)
  })

  it('believes no forwarded header', async () => {
    const headers = 'X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Original-URL: /liveness\r\n'
    expect(await get('/projects/shop/connections', headers)).toBe(401)
  })

  it('refuses a body that is announced too large, and one that only turns out so', async () => {
    const head =
      'PUT /projects/shop/environments/preview/connection HTTP/1.1\r\nHost: proxy\r\nx-lowgate: editor\r\n' +
      `Authorization: Bearer ${operatorToken}\r\nContent-Type: application/json\r\n`
    expect(await statusOf(`${head}Content-Length: 1000000000\r\n\r\n{`)).toBe(413)
    const chunk = `8000\r\n${' '.repeat(0x8000)}\r\n`
    expect(await statusOf(`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk, chunk)).toBe(413)
  })

  it('refuses a second start on the same port, naming the port', async () => {
    const other = mkdtempSync(join(tmpdir(), 'lowgate-proxy-'))
    const second = startBackendProxy({ dataDir: other, port, logLevel: 'silent' })
    await expect(second).rejects.toThrow(ConfigError)
    await expect(second).rejects.toThrow(`Port ${String(port)} is in use`)
    rmSync(other, { recursive: true })
  })
})

describe('the command', () => {
  const run = (env: Record<string, string>, ...args: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'backend-proxy/cli.ts', ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  const said = async (child: ReturnType<typeof run>, until?: string) => {
    let text = ''
    for await (const chunk of child.stderr ?? []) {
      text += String(chunk)
      if (until && text.includes(until)) break
    }
    return text
  }

  it('refuses the data of a running proxy, in another process', async () => {
    const text = await said(run({ DATA_DIR: dataDir, PORT: '0' }))
    expect(text).toMatch(/cannot start\.\nAnother backend proxy already uses/)
  })

  it('issues an editor token at the running proxy, and says in words what it cannot do', async () => {
    const env = { OPERATOR_TOKEN: operatorToken, PROXY_URL: proxy.url }
    const issuing = run(env, ...'token issue --project shop --label Mia'.split(' '))
    let printed = ''
    issuing.stdout.on('data', (chunk: Buffer) => (printed += String(chunk)))
    const [code] = await once(issuing, 'close')
    expect([code, printed]).toEqual([0, expect.stringMatching(/^lge_[0-9a-f]{16}_[\w-]{43}\n$/)])
    const refused = run({ ...env, OPERATOR_TOKEN: 'wrong' }, 'token', 'list', '--project', 'shop')
    expect(await said(refused)).toBe(
      'The backend proxy does not know this token. Copy the whole token again, or ask whoever runs the proxy for a new one.\n',
    )
  })

  it('prints the operator token once, and ends on SIGTERM', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'lowgate-proxy-'))
    const first = run({ DATA_DIR: fresh, PORT: '0' })
    expect(await said(first, 'listening')).toMatch(/Operator token \(shown this once\): lgo_[\w-]{43}\n/)
    first.kill('SIGTERM')
    expect((await once(first, 'exit'))[0]).toBe(0)
    const second = run({ DATA_DIR: fresh, PORT: '0' })
    expect(await said(second, 'listening')).not.toContain('lgo_')
    second.kill('SIGTERM')
    await once(second, 'exit')
    rmSync(fresh, { recursive: true })
  })
})
