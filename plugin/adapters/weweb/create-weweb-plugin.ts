import type { RouteLocationNormalized } from 'vue-router'
import { toName, toTransactionPrefix } from '../../browser/probe.ts'
import { createLoader, createState, type Loader } from '../../session/loader.ts'
import { sessionMethods } from '../../session/to-session.ts'
import { readPublicData, toEnvironment } from './public-data.ts'
import type { Runtime } from './runtime.ts'
import type { WewebParts, WewebPlugin } from './types.ts'

type Method = (typeof sessionMethods)[number]

/** Whether the page may be one that Auth0 has just sent the visitor back to; the rest finds out for sure. */
function mayBeReturn(): boolean {
  const hasState = /[?&]state=/.test(location.search)
  try {
    return Object.keys(sessionStorage).some(
      (name) =>
        name === toName(undefined, 'after-logout') || (hasState && name.startsWith(toTransactionPrefix())),
    )
  } catch {
    return false
  }
}

/**
 * Lowgate as a plugin of a WeWeb project. It is in every page's main script, so it only finds out whether the rest is
 * needed: for a page that is not for everyone, a session, the way back from Auth0, or an action.
 *
 * @example
 * export const plugin = createWewebPlugin({
 *   loadRuntime: () => import('lowgate/weweb/runtime'),
 *   loadActions: () => import('lowgate/workflow-actions'),
 * })
 */
export function createWewebPlugin({ loadRuntime, loadActions }: WewebParts): WewebPlugin {
  let data = readPublicData()
  let state = createState()
  let loader: Loader<Runtime> | undefined

  function concerns({ meta }: RouteLocationNormalized, isFirst: boolean): boolean {
    const page = wwLib.wwWebsiteData.getPages().find(({ id }) => id === meta.pageId)
    const access = page && data.access?.[page.id]
    return !!((access && access !== 'everyone') || page?.pageUserGroups?.length || (isFirst && mayBeReturn()))
  }

  /** Before WeWeb's first navigation; where the page was prerendered, that one has been made without plugins. */
  function guardPages({ load }: Loader<Runtime>): Promise<void> | undefined {
    const router = wwLib.getFrontRouter()
    router.beforeEach(async (to, from) =>
      concerns(to, !from.matched.length) ? (await load()).guard(to, from) : true,
    )
    const shown = router.currentRoute.value
    return shown.matched.length && concerns(shown, true)
      ? load().then(({ guardShown }) => guardShown(shown))
      : undefined
  }

  async function run(code: Method, args?: Record<string, unknown>) {
    // Browsers let a window open during a click only, so it opens before anything is loaded.
    const popup = code === 'loginWithPopup' ? open('', '_blank', 'popup') : undefined
    try {
      if (!loader) throw new Error('Lowgate is not loaded.')
      const [runtime, { runAction }] = await Promise.all([loader.load(), loadActions()])
      return await runtime.run(runAction, code, args, popup)
    } catch (error) {
      popup?.close()
      throw error
    }
  }

  const isAuthenticated = () => state.isAuthenticated
  const getRoles = () =>
    state.roles.flatMap((name) => [name].concat(data.roles?.find((role) => role.name === name)?.id ?? []))
  const getLoginPageId = () =>
    data.settings.loginPage?.pageId ?? data.landingPageId ?? wwLib.wwWebsiteData.getInfo().homePageId

  return {
    ...(Object.fromEntries(
      sessionMethods.map((code) => [code, (args?: Record<string, unknown>) => run(code, args)]),
    ) as Pick<WewebPlugin, Method>),
    _onLoad(settings) {
      loader?.close()
      data = readPublicData(settings)
      state = createState()
      loader = createLoader({
        settings: data.settings,
        environment: toEnvironment(data.sites, wwLib.getEnvironment?.()),
        site: undefined,
        state,
        start: async (context) => (await loadRuntime()).startRuntime(context, this.id, data),
      })
      return wwLib.manager ? undefined : guardPages(loader)
    },
    async _initAuth() {
      if (state.isLoading) await (await loader?.load())?.client.getUser()
    },
    _getUser: () => state.user ?? null,
    _isAuthenticated: isAuthenticated,
    _getIsAuthenticated: isAuthenticated,
    _getUserRoles: getRoles,
    _matchRoles: (roles) => roles.every((role) => getRoles().includes(role)),
    _getUnauthenticatedPageId: getLoginPageId,
    _getUnauthorizedPageId: () => data.settings.deniedPage?.pageId ?? getLoginPageId(),
  }
}
