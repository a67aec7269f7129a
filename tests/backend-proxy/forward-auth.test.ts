import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startBackendProxy, type RunningBackendProxy } from '../../backend-proxy/index.ts'
import { at, entered, operatorToken } from '../../backend-proxy/testing/test-proxy.ts'
import { editorHeader } from '../../contract/proxy-api/index.ts'
import { ada, ben, startDemoTenant, type DemoTenant } from '../../local-tenant/testing/demo-tenant.ts'
import { claimsOf, createRawClient } from '../../local-tenant/testing/raw-client.ts'

const audience = 'https://api.acme.example'
const callback = 'http://localhost:3999/callback'
const guide = readFileSync('docs/protect-an-api.md', 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'lowgate-forward-auth-'))
const tokens: Record<'ada' | 'ben' | 'id' | 'opaque', string> = { ada: '', ben: '', id: '', opaque: '' }

let tenant: DemoTenant
let proxy: RunningBackendProxy
let api: Server

const portOf = (server: Server) => (server.address() as AddressInfo).port
const listen = async (server: Server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

async function freePort() {
  const server = await listen(createServer())
  const port = portOf(server)
  await once(server.close(), 'close')
  return port
}

beforeAll(async () => {
  tenant = await startDemoTenant()
  const log = async (user: typeof ada, params: Record<string, string>) =>
    (await createRawClient(tenant, { clientId: tenant.clientId, callback }).obtain(user, params)).body
  const scope = 'openid profile read:orders write:orders'
  const login = await log(ada, { audience, scope })
  tokens.ada = login.access_token
  tokens.id = login.id_token
  tokens.ben = (await log(ben, { audience, scope })).access_token
  tokens.opaque = (await log(ada, {})).access_token
  api = await listen(
    createServer((request, response) => {
      response.end(JSON.stringify(request.headers))
    }),
  )
  proxy = await startBackendProxy({
    ...{ dataDir: join(folder, 'proxy'), port: 0, operatorToken, localTenants: [tenant.domain] },
    ...{ logLevel: 'silent', rolesClaim: 'https://lowgate.example/roles' },
  })
  const { clientId: m2mClientId, clientSecret: m2mClientSecret } = tenant.m2m
  const saved = await fetch(proxy.url + at('shop', 'production'), {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${operatorToken}`,
      'content-type': 'application/json',
      [editorHeader.name]: editorHeader.value,
    },
    body: JSON.stringify(
      entered(tenant.domain, { m2mClientId, m2mClientSecret, clientId: tenant.clientId, audience }),
    ),
  })
  expect(saved.status).toBe(200)
})
afterAll(async () => {
  await proxy.close()
  await tenant.close()
  api.close()
  rmSync(folder, { recursive: true })
})

describe('the answer to a web server', () => {
  const ask = (query: string, token?: string, headers = {}) =>
    fetch(`${proxy.url}/verify?project=shop&environment=production${query}`, {
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    })

  it('says who the visitor is, whatever page asked', async () => {
    const page = { origin: 'https://any.example', 'sec-fetch-site': 'cross-site' }
    const { status, headers } = await ask('&roles=Manager&permissions=read:orders', tokens.ada, page)
    expect([status, headers.get('x-lowgate-user')]).toEqual([204, claimsOf(tokens.ada).sub])
    expect(headers.get('x-lowgate-roles')).toBe('Manager')
    expect(headers.get('x-lowgate-organization')).toBe('')
  })

  it.each([
    ['no token', '', undefined, 401, 'token/missing'],
    ['an ID token', '', 'id', 401, 'token/id-token'],
    ['an opaque token', '', 'opaque', 401, 'token/opaque'],
    ['a visitor without the role', '&roles=Manager', 'ben', 403, 'token/not-permitted'],
    ['a visitor outside the organization', '&organization=acme', 'ada', 403, 'token/not-permitted'],
    ['a mistyped requirement', '&permission=read:orders', 'ada', 422, 'invalid_input'],
    ['an empty requirement', '&permissions=', 'ada', 422, 'invalid_input'],
    ['a connection twice', '&project=other', 'ada', 422, 'invalid_input'],
  ] as const)('refuses %s', async (_, query, who, status, error) => {
    const response = await ask(query, who && tokens[who])
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([status, error])
    expect(response.headers.has('www-authenticate')).toBe(status < 404)
  })
})

const servers = [
  {
    name: 'nginx',
    language: 'nginx',
    version: ['-v'],
    start(site: string) {
      const dirs = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      const temporary = dirs.map((dir) => `${dir}_temp_path ${folder}/${dir};`).join('\n')
      const config = `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
        http { access_log off; ${temporary} ${site} }`
      writeFileSync(join(folder, 'nginx.conf'), config)
      return ['-e', 'stderr', '-c', join(folder, 'nginx.conf')]
    },
  },
  {
    name: 'Caddy',
    language: 'caddyfile',
    version: ['version'],
    start(site: string) {
      writeFileSync(join(folder, 'Caddyfile'), `{\n  admin off\n}\n${site}`)
      return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]
    },
  },
]

describe.each(servers)('$name as the guide configures it', ({ name, language, version, start }) => {
  const command = name.toLowerCase()
  const isInstalled = spawnSync(command, version).status === 0
  let child: ChildProcess
  let url: string

  beforeAll(async () => {
    if (!isInstalled) return
    const port = await freePort()
    url = `http://127.0.0.1:${String(port)}/orders`
    const site = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(guide)?.[1] ?? ''
    const placed = site
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${String(port)}`)
      .replaceAll('127.0.0.1:4402', new URL(proxy.url).host)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${String(portOf(api))}`)
    const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder }
    child = spawn(command, start(placed), { stdio: 'ignore', env })
    await vi.waitFor(() => fetch(url), { timeout: 15_000 })
  })
  afterAll(async () => {
    if (!isInstalled) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  })

  const made = {
    'x-lowgate-user': 'auth0|admin',
    'x-lowgate-permissions': 'all',
    'x-forwarded-uri': '/public',
  }
  const title = isInstalled ? '' : ` (not run: ${name} is not installed)`

  it.skipIf(!isInstalled)(`lets only tokens in that satisfy the rule${title}`, async () => {
    const ask = (token: string, headers = {}) =>
      fetch(`${url}?page=2`, { headers: { authorization: `Bearer ${token}`, ...headers } })
    expect((await fetch(url)).headers.get('www-authenticate')).toBe('Bearer')
    expect((await ask(tokens.id)).status).toBe(401)
    expect((await fetch(url, { headers: made })).status).toBe(401)
    const response = await ask(tokens.ada, made)
    expect(response.status).toBe(200)
    const received = (await response.json()) as Record<string, string>
    expect(received['x-lowgate-user']).toBe(claimsOf(tokens.ada).sub)
    expect(received['x-lowgate-roles']).toBe('Manager')
    expect(received['x-lowgate-permissions']).toBeUndefined()
  })
})
