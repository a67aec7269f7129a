/**
 * What authentication adds to a public page in each host, for a visitor without a session: the page with it less the
 * page without, as Chromium loads both, in bytes compressed with Brotli. The anchor is auth0-vue in the Vue site. WeWeb is
 * also compared with the official plugin's manager.js, in bytes that are not compressed.
 *
 *     npm run bench -- hosts
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { chromium } from '@playwright/test'
import { buildManager } from '../../weweb/testing/build-manager.ts'
import { buildSites } from '../../weweb/testing/build-site.ts'
import { pluginId, type Design } from '../../weweb/testing/site/design.ts'
import { buildHtml } from '../build-html.mjs'
import { browserOptions, root } from '../set-up.mjs'
import { report } from './lists/report.ts'
import { serve, type Candidate } from './visitor/candidates.ts'
import { serveFiles, type Served } from './visitor/serve-files.ts'

/** Of a tenant that nobody reaches: a page without a session asks it for nothing. */
const connection = { domain: 'your-tenant.eu.auth0.com', clientId: 'your-application' }

/** The script that WeWeb's editor loads for the official plugin, not compressed. */
const officialManager = 109_781

/** The scripts and other texts of a folder by their path on the site. */
async function readSite(folder: string, at = '/'): Promise<[path: string, text: string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.map(async (file) => [
      at + file.slice(folder.length + 1).replaceAll(sep, '/'),
      await readFile(file, 'utf8'),
    ]),
  )
}

const serveVue = (candidate: Candidate) => serve(candidate, connection, 'localstorage')

/** The page of the guide; the other has neither what the guide adds to its head nor attributes. */
async function serveHtml(): Promise<[without: Served, withLogin: Served]> {
  const scripts = await mkdtemp(join(tmpdir(), 'bench-html-'))
  await buildHtml(scripts)
  const html = await readFile(join(root, 'docs/examples/html/index.html'), 'utf8')
  const bare = html
    .replace(/ *<!-- Lowgate[\s\S]*(?= *<\/head>)/, '')
    .replaceAll(/\s+data-lowgate-[\w-]+(="[^"]*")?/g, '')
  const files = await readSite(scripts, '/lowgate/')
  await rm(scripts, { recursive: true })
  return Promise.all([
    serveFiles(new Map([['/index.html', bare]])),
    serveFiles(new Map([...files, ['/index.html', html]])),
  ])
}

/** A published site of one page, which compiles the plugin's source as WeWeb does. */
async function serveWeweb(): Promise<[without: Served, withLogin: Served]> {
  const page = { id: 'home', name: 'Home', paths: { default: 'home' }, langs: ['en'], pageUserGroups: [] }
  const project: Design = {
    id: 'project',
    homePageId: page.id,
    authPluginId: null,
    langs: [{ lang: 'en', default: true }],
    environment: 'production',
    prerendered: false,
    pages: [page],
    settings: { publicData: {} },
  }
  const guarded: Design = {
    ...project,
    authPluginId: pluginId,
    settings: { publicData: { settings: { connections: { production: connection } } } },
  }
  const sites = await buildSites()
  const serveSite = async (folder: string, design: Design) => {
    const files = new Map(await readSite(folder))
    const head = `<script>design = ${JSON.stringify(design)}</script>`
    const html = (files.get('/index.html') ?? '').replace('<!--head-->', head)
    return serveFiles(new Map([...files, ['/index.html', html], ['/data/home.json', '{}']]))
  }
  const served = await Promise.all([serveSite(sites.without, project), serveSite(sites.withPlugin, guarded)])
  await sites.remove()
  return served
}

const browser = await chromium.launch(browserOptions())

/** What a visitor who has never been there downloads to see the home page; the site is closed then. */
async function visit({ origin, sent, close }: Served): Promise<Served['sent']> {
  const page = await browser.newPage()
  await page.goto(origin, { waitUntil: 'networkidle' })
  await page.close()
  await close()
  return sent
}

/** What the login adds to that. */
async function measureShare(without: Served, withLogin: Served): Promise<Served['sent']> {
  const [bare, full] = [await visit(without), await visit(withLogin)]
  return { bytes: full.bytes - bare.bytes, uncompressed: full.uncompressed - bare.uncompressed }
}

const none = await visit(await serveVue('none'))
const vue = (await visit(await serveVue('ours'))).bytes - none.bytes
const auth0Vue = (await visit(await serveVue('auth0-vue'))).bytes - none.bytes
const html = await measureShare(...(await serveHtml()))
const weweb = await measureShare(...(await serveWeweb()))
await browser.close()

const folder = await mkdtemp(join(tmpdir(), 'bench-weweb-'))
const { manager } = await buildManager(folder)
await rm(folder, { recursive: true })

report('vue-public-bytes', vue, auth0Vue, 'B')
report('html-public-bytes', html.bytes, auth0Vue, 'B')
report('weweb-public-bytes', weweb.bytes, auth0Vue, 'B')
report('weweb-public-uncompressed-to-official-manager', weweb.uncompressed, officialManager, 'B')
report('weweb-manager-to-official-manager', Buffer.byteLength(manager), officialManager, 'B')
