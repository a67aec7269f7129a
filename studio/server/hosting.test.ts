import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { caching, siteHeaders } from '../project/hosting.ts'
import type { Page } from '../project/schema.ts'
import { firstProject } from '../project/first-project.ts'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

const expected = Object.fromEntries(siteHeaders.map(({ name, value }) => [name.toLowerCase(), value]))

let studio: TestStudio
let site: string

beforeAll(async () => {
  studio = await createTestStudio()
  const order: Page = {
    id: 'order',
    name: 'Order',
    path: '/orders/:id',
    access: 'authenticated',
    inMenu: false,
    blocks: [],
  }
  expect((await studio.save({ ...firstProject, pages: [...firstProject.pages, order] }, 1)).status).toBe(200)
  await (await studio.api('POST', '/api/projects/my-site/publish', { revision: 2 })).text()
  site = join(studio.folder, 'sites/my-site/1')
})
afterAll(() => studio.close())

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

interface Host {
  name: string
  command: string
  versionFlag: string
  /** Writes its settings and answers its arguments. */
  prepare(port: number): string[]
}

const hosts: Host[] = [
  {
    name: 'nginx',
    command: 'nginx',
    versionFlag: '-v',
    prepare(port) {
      const file = join(studio.folder, 'nginx.conf')
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      writeFileSync(
        file,
        `daemon off; master_process off; pid ${studio.folder}/nginx.pid; error_log stderr;
events {}
http {
  types { text/html html; text/javascript js; application/json json; }
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${studio.folder}/${name};`).join('\n  ')}
  server { listen 127.0.0.1:${port}; root ${site}; include ${site}/_nginx.conf; }
}`,
      )
      return ['-e', 'stderr', '-c', file]
    },
  },
  {
    name: 'Caddy',
    command: 'caddy',
    versionFlag: 'version',
    prepare(port) {
      const file = join(studio.folder, 'Caddyfile')
      writeFileSync(
        file,
        `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  root * ${site}
  import ${site}/_Caddyfile
}`,
      )
      return ['run', '--adapter', 'caddyfile', '--config', file]
    },
  },
]

describe.each(hosts)(
  '$name with the file from a published folder',
  ({ name, command, versionFlag, prepare }) => {
    const isInstalled = spawnSync(command, [versionFlag]).status === 0
    let server: ChildProcess
    let origin: string

    if (!isInstalled) {
      it.skip(`is not tried: ${name} is not installed on this machine`)
      return
    }

    beforeAll(async () => {
      const port = await freePort()
      origin = `http://127.0.0.1:${port}`
      server = spawn(command, prepare(port), {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, XDG_CONFIG_HOME: studio.folder, XDG_DATA_HOME: studio.folder },
      })
      let said = ''
      server.stderr?.on('data', (chunk) => (said += String(chunk)))
      await vi.waitFor(
        async () => {
          if (server.exitCode !== null) throw new Error(`${name} ended: ${said}`)
          await fetch(origin)
        },
        { timeout: 20_000, interval: 100 },
      )
    })
    afterAll(async () => {
      server.kill()
      if (server.exitCode === null) await once(server, 'exit')
    })

    const ask = async (path: string) => {
      const answer = await fetch(origin + path, { redirect: 'manual' })
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
    }

    it.each(['/', '/dashboard', '/dashboard/', '/callback'])(
      'shows the page at %s, revalidated each time',
      async (path) => {
        const { status, headers, text } = await ask(path)
        expect(status).toBe(200)
        expect(text).toContain('id="site"')
        expect(headers).toMatchObject({ ...expected, 'cache-control': caching.others })
        expect(headers['content-type']).toContain('text/html')
      },
    )

    it('lets browsers keep assets', async () => {
      const { status, headers } = await ask('/assets/main.js')
      expect(status).toBe(200)
      expect(headers).toMatchObject({ ...expected, 'cache-control': caching.assets })
    })

    it('has the content of a guarded page revalidated each time', async () => {
      const [file] = readdirSync(join(site, 'pages'))
      const { status, headers } = await ask(`/pages/${file}`)
      expect(status).toBe(200)
      expect(headers).toMatchObject({ ...expected, 'cache-control': caching.others })
    })

    it.each([
      '/orders/7',
      '/nowhere',
      '/assets/missing.js',
      '/pages/none.json',
      '/_headers',
      '/_nginx.conf',
      '/_Caddyfile',
    ])('falls back on the site’s own page at %s, which browsers do not keep', async (path) => {
      const { status, headers, text } = await ask(path)
      expect(status).toBe(404)
      expect(text).toContain('id="site"')
      expect(headers).toMatchObject({ ...expected, 'cache-control': caching.others })
    })

    it('leads nowhere outside the folder', async () => {
      const { text } = await ask('/..%2f..%2f..%2fstudio.db')
      expect(text).not.toContain('SQLite')
    })
  },
)

describe('a published folder', () => {
  it('tells Netlify and Cloudflare Pages the same headers', () => {
    const rules = readFileSync(join(site, '_headers'), 'utf8')
    for (const { name, value } of siteHeaders) expect(rules).toContain(`  ${name}: ${value}\n`)
    expect(rules).toMatch(/^\/assets\/\*\n {2}Cache-Control: public, max-age=31536000, immutable$/m)
    expect(rules.match(/Cache-Control/g)).toHaveLength(1)
  })

  it.each(['/', '/dashboard', '/nowhere', '/assets/main.js', '/_headers'])(
    'is served with them by the studio’s own site at %s',
    async (path) => {
      const answer = await studio.visit('production', path)
      expect(Object.fromEntries(answer.headers)).toMatchObject(expected)
      expect(await answer.text()).not.toContain('X-Frame-Options')
    },
  )
})
