import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, beforeAll, inject } from 'vitest'
import { createProxyClient, type ProxyClient } from 'lowgate/contract/proxy-api'
import { demoSeed, startLocalTenant, type LocalTenant } from '@lowgate/local-tenant'
import { startBackendProxy, type RunningBackendProxy } from '@lowgate/proxy'
import { buildManager } from './build-manager.ts'

/** What WeWeb's editor is to a plugin: a global Vue of its own, its components, and `wwLib`. */
const page = `<!doctype html><meta charset="utf-8"><title>An editor</title><div id="app"></div>
<script src="/vue.js"></script>
<script>
  window.addWwComponent = (component) => (window.component = component)
  const langs = [{ lang: 'en', default: true }, { lang: 'fr' }]
  const pages = [
    { id: 'home', name: 'Home', paths: { default: '' }, langs: ['en', 'fr'] },
    { id: 'order', name: 'Order', paths: { default: 'orders/{{id|1}}' }, langs: ['en', 'fr'] },
  ]
  window.wwLib = {
    manager: true,
    getEnvironment: () => 'editor',
    wwWebsiteData: { getInfo: () => ({ id: 'project', homePageId: 'home', langs }), getPages: () => pages },
    wwPageHelper: { getPagePath: (id, lang) => (lang === 'en' ? '/' : '/' + lang + '/') },
    wwVariable: { updateValue() {} },
    wwWorkflow: { executeTrigger() {} },
    wwLog: { error: (...details) => console.error(...details) },
  }
  /** Shows what an entry of the plugin's configuration names, and notes what it hands back. */
  window.show = async (entry, model, value) => {
    const component = (await entry()).default
    const settled = Vue.reactive({ [model]: value })
    window.saved = () => JSON.parse(JSON.stringify(settled[model]))
    window.shownApp?.unmount()
    window.shownApp = Vue.createApp({
      render: () => Vue.h(component, { plugin: window.plugin, [model]: settled[model], ['onUpdate:' + model]: (changed) => (settled[model] = changed) }),
    })
    const Row = {
      props: ['label', 'type', 'modelValue', 'options', 'bindable', 'required', 'placeholder', 'tooltip'],
      emits: ['update:modelValue'],
      template: '<label>{{ label }} <input :value="modelValue" @change="$emit(\\'update:modelValue\\', $event.target.value)" /></label>',
    }
    window.shownApp.component('wwEditorInputRow', Row).mount('#app')
  }
</script>
<script src="/manager.js"></script>`

export interface Editor {
  page: Page
  /** What WeWeb's command wrote. */
  files: string[]
  manager: string
  /** For projects whose site is on `https://staging.acme.example`. */
  proxy: { url: string; operator: ProxyClient }
  /** The demo's, with `site` and M2M application `m2m`. */
  tenant: { domain: string; site: string; m2m: { m2mClientId: string; m2mClientSecret: string } }
}

/** The plugin as WeWeb's command builds it, in an editor with the Vue that the command is for. */
export function useEditor(): Editor {
  const editor = { files: [] as string[] } as Editor
  let folder: string
  let server: Server
  let browser: Browser
  let tenant: LocalTenant
  let proxy: RunningBackendProxy

  async function startServers(origin: string) {
    const seed = demoSeed('preview', { callbackOrigins: ['https://staging.acme.example'] })
    const [m2m, site] = seed.clients
    tenant = await startLocalTenant(seed, { port: 0 })
    editor.tenant = {
      domain: tenant.domain,
      site: site?.client_id ?? '',
      m2m: { m2mClientId: m2m?.client_id ?? '', m2mClientSecret: m2m?.client_secret ?? '' },
    }
    const operatorToken = 'operator-token-of-the-tests'
    proxy = await startBackendProxy({
      dataDir: join(folder, 'proxy'),
      port: 0,
      operatorToken,
      allowedOrigins: [origin],
      localTenants: [tenant.domain],
      logLevel: 'silent',
    })
    editor.proxy = { url: proxy.url, operator: createProxyClient({ url: proxy.url, token: operatorToken }) }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weweb-plugin-'))
    const { command, ...built } = await buildManager(folder)
    Object.assign(editor, built)
    const vue = await readFile(join(command, 'node_modules/vue/dist/vue.global.prod.js'))
    server = createServer(({ url }, response) => {
      const body = url === '/manager.js' ? editor.manager : url === '/vue.js' ? vue : page
      response.setHeader('content-type', url === '/editor.html' ? 'text/html' : 'text/javascript')
      response.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await chromium.connect(inject('browserEndpoint'))
    editor.page = await browser.newPage()
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await startServers(origin)
    await editor.page.goto(`${origin}/editor.html`)
  })
  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    await Promise.all([new Promise((resolve) => server.close(resolve)), proxy.close(), tenant.close()])
    await rm(folder, { recursive: true })
  })
  return editor
}
