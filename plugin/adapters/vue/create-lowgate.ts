import { shallowReactive, type App, type Component } from 'vue'
import type { RouteLocationNormalized, Router } from 'vue-router'
import type { Environment, PageReference, PublicSettings } from '../../../contract/index.ts'
import { isReturnPath, isServer } from '../../browser/probe.ts'
import { createState } from '../../session/loader.ts'
import { createShell } from '../../session/shell.ts'
import type { SdkOptions, Session } from '../../session/types.ts'
import { keepFirstPage } from './first-page.ts'
import { readGuard } from './read-guard.ts'
import { toAuthKey } from './use-auth.ts'

/** What {@link createLowgate} runs with. */
export interface LowgateOptions {
  /** Public: they ship with the site. */
  settings: PublicSettings
  /** A router with web history: Auth0 cannot come back to an address behind `#`. */
  router: Router
  /** Where this build runs. Default: production. An entry for the origin in the settings wins. */
  environment?: Environment
  /** The address of a page. Default: the router's, with the page's id as the name of a route. */
  pageAddress?: (page: PageReference) => string
  /** Shown in place of a page that cannot be shown, with the props {@link ErrorPageProps}. Default: Lowgate's own. */
  errorPage?: Component
  /**
   * Tells sites apart that share an origin: letters, digits, `-` and `_`. They see nothing of each other's sessions.
   * Default: the origin has one site.
   */
  site?: string
  /** What Auth0's SDK is told beyond the settings, such as a cache of your own. Default: nothing. */
  sdkOptions?: SdkOptions
  /** Tells several instances on one page apart; see `useAuth(name)`. Default: the empty name of `useAuth()`. */
  name?: string
  /**
   * Settles when the browser has taken over (hydrated) the page that a server rendered. Until then components get what
   * they got on the server: the state of somebody who is not logged in, and nothing for a page with a guard.
   * Default: no server renders the app.
   */
  hydrated?: Promise<unknown>
}

/** The plugin for `app.use()`, and the session behind it. */
export interface Lowgate {
  install(app: App): void
  session: Session
}

/**
 * Logs visitors of a Vue app in and guards its routes by `meta.guard`. Use it before or after the router, but
 * before the app is mounted. On a server nobody is logged in: pages with a guard stay empty there.
 *
 * @example
 * const settings = { connections: { production: { domain: 'acme.eu.auth0.com', clientId: 'abc' } } }
 * app.use(router).use(createLowgate({ settings, router }))
 */
export function createLowgate(options: LowgateOptions): Lowgate {
  const { settings, router, environment = 'production', site, name = '', hydrated } = options
  const guardsOf = ({ matched }: RouteLocationNormalized) => matched.map((route) => readGuard(route, name))
  const state = shallowReactive(createState())
  const firstPage = isServer || hydrated ? keepFirstPage(router, name, state, hydrated) : undefined
  const { session, load } = createShell({
    settings,
    state,
    environment,
    site,
    async start(context) {
      const engine = await import('./router-engine.ts')
      return engine.startRouterEngine(
        { ...context, sdkOptions: options.sdkOptions },
        { ...options, guardsOf },
      )
    },
  })

  router.beforeEach(async (to, from) => {
    const isGuarded = guardsOf(to).some((guard) => guard !== 'everyone')
    if (!isReturnPath(to.path) && !isGuarded) return true
    if (firstPage?.hold(to)) {
      if (!isServer) load().catch(() => undefined)
      return true
    }
    return (await load()).guard(to, firstPage?.isEmpty(from) ? { matched: [] } : from)
  })

  const shown = firstPage ? { ...session, state: firstPage.state } : session
  return { session: shown, install: (app) => void app.provide(toAuthKey(name), shown) }
}
