/** A published WeWeb site's `wwLib`, as far as public exports of such sites show it; written for these tests. */
import type { WewebPlugin, WwLib } from 'lowgate/weweb'
import { reactive, shallowReactive } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { pluginId, type Design } from './design.ts'

interface Config {
  variables: { name: string; defaultValue: unknown }[]
}

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export function createWorld(design: Design, content: WewebPlugin, config: Config) {
  const told = (window.told = shallowReactive<Window['told']>({
    triggers: [],
    variables: reactive({}),
    errors: [],
  }))
  const front = reactive({ lang: '', loadedPageId: '' })
  const defaultLanguage = design.langs.find((language) => language.default)?.lang ?? 'en'
  /** Pinia, which WeWeb installs after the plugins have started. */
  let isInstalled = false
  let loads: Promise<void>[] = []
  let isInitialized = false

  const toPath = (page: Design['pages'][number], lang: string) => {
    const { isDefaultPath } = design.langs.find((language) => language.lang === lang) ?? {}
    const prefix = lang === defaultLanguage && !isDefaultPath ? '' : `${lang}/`
    const own = page.id === design.homePageId ? '' : (page.paths[lang] ?? page.paths.default)
    return `/${prefix}${own}`
  }

  const wwPlugins: { lowgate?: WewebPlugin & { id: string; settings: Design['settings'] } } = {}

  const wwAuth = {
    get plugin() {
      return design.authPluginId === pluginId ? wwPlugins.lowgate : null
    },
    async init() {
      if (isInitialized) return
      await wwAuth.plugin?._initAuth()
      isInitialized = true
    },
    // The host tests one name and calls another.
    getIsAuthenticated: () => wwAuth.plugin?._isAuthenticated && wwAuth.plugin._getIsAuthenticated(),
    mayEnter(groups: NonNullable<Design['pages'][number]['pageUserGroups']>) {
      return groups.some(
        ({ userGroup }) =>
          typeof userGroup === 'object' &&
          userGroup?.roles &&
          wwAuth.plugin?._matchRoles(userGroup.roles.map(({ value }) => value)),
      )
    },
  }

  const wwPageHelper = {
    getPagePath(pageId: string, lang = front.lang) {
      if (!design.langs.some((language) => language.lang === lang)) throw new Error('Lang not found.')
      const page = design.pages.find(({ id }) => id === pageId)
      if (!page) throw new Error('Page not found.')
      return toPath(page, lang).replace(/\/?$/, '/')
    },
  }

  /** The host's own guard, which leaves the way that a published site's does. */
  async function hostAllows(page: Design['pages'][number], to: RouteLocationNormalized): Promise<boolean> {
    if (!wwAuth.plugin || !page.pageUserGroups?.length) return true
    await wwAuth.init()
    const leave = (pageId: string) => {
      location.href = `${wwPageHelper.getPagePath(pageId)}?_source=${to.path}`
      return false
    }
    if (!wwAuth.getIsAuthenticated()) return leave(wwAuth.plugin._getUnauthenticatedPageId())
    return page.pageUserGroups.length < 2 || wwAuth.mayEnter(page.pageUserGroups)
      ? true
      : leave(wwAuth.plugin._getUnauthorizedPageId())
  }

  async function loadPage(page: Design['pages'][number], to: RouteLocationNormalized) {
    front.lang = (to.meta.lang as { lang: string }).lang
    await Promise.all(loads)
    // It answers with what vue-router takes for consent; the page is not loaded.
    if (!(await hostAllows(page, to))) return
    await (await fetch(`${router.options.history.base}/data/${page.id}.json`)).json()
    front.loadedPageId = page.id
  }

  /** Of a prerendered page the first navigation runs without plugins and guards. */
  let isFirst = true
  const router = createRouter({
    history: createWebHistory(design.baseTag?.href),
    scrollBehavior: () => ({ top: 0 }),
    routes: design.langs.flatMap((language) =>
      design.pages.map((page) => ({
        path: toPath(page, language.lang).replace(/{{([^|]+)\|[^}]*}}/g, ':$1'),
        name: `page-${page.id}-${language.lang}`,
        component: () => import('./SitePage.vue'),
        meta: { pageId: page.id, lang: language },
        async beforeEnter(to: RouteLocationNormalized, from: RouteLocationNormalized) {
          const isStatic = isFirst && design.prerendered
          isFirst = false
          if (isStatic) {
            front.lang = language.lang
            front.loadedPageId = page.id
          } else if (to.name !== from.name) await loadPage(page, to)
        },
      })),
    ),
  })
  router.afterEach(() => void (design.prerendered ? undefined : wwAuth.init()))

  const wwLib: WwLib & Record<string, unknown> = {
    wwPlugins,
    wwAuth,
    wwPageHelper,
    getFrontRouter: () => router,
    getEnvironment: () => design.environment,
    wwLang: {
      get lang() {
        return front.lang
      },
    },
    wwWebsiteData: { getInfo: () => design, getPages: () => design.pages },
    wwApp: { goTo: (path: string) => void router.push(path) },
    wwVariable: {
      updateValue(id: string, value: unknown) {
        if (!isInstalled) throw new Error('There is no Pinia yet.')
        if (value !== undefined) told.variables[id] = clone(value)
      },
    },
    wwWorkflow: {
      executeTrigger: (name: string, { event }: { event: unknown }) => void told.triggers.push([name, event]),
    },
    wwLog: { error: (...details: unknown[]) => void told.errors.push(details.join(' ')) },
  }
  globalThis.wwLib = wwLib

  return {
    router,
    front,
    install() {
      front.lang =
        (
          router.resolve(location.pathname.replace(design.baseTag?.href ?? '/', '/')).meta.lang as
            { lang: string } | undefined
        )?.lang ?? defaultLanguage
      isInstalled = true
    },
    registerPlugin() {
      const plugin = {
        ...content,
        get id() {
          return pluginId
        },
        get settings() {
          return clone(design.settings)
        },
      }
      wwPlugins.lowgate = plugin
      for (const { name, defaultValue } of config.variables)
        told.variables[`${pluginId}-${name}`] = clone(defaultValue)
      const load = async () => plugin._onLoad(clone(design.settings))
      loads = [load().catch((error: unknown) => void told.errors.push(String(error)))]
    },
    /** What WeWeb does with a prerendered page once it is on show: nobody touches it before that is done. */
    async activate(app: Element) {
      app.setAttribute('inert', '')
      const to = router.currentRoute.value
      await Promise.all(loads)
      const page = design.pages.find(({ id }) => id === to.meta.pageId)
      if (page && (await hostAllows(page, to))) app.removeAttribute('inert')
      await wwAuth.init()
    },
  }
}
