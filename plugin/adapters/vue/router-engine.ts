import type { NavigationGuardReturn, RouteLocationNormalized } from 'vue-router'
import type { LowgateError, PageReference } from '../../../contract/index.ts'
import { startEngine } from '../../session/engine.ts'
import type { Engine, EngineContext } from '../../session/types.ts'
import type { LowgateOptions } from './create-lowgate.ts'
import { guardOf } from './guard-of.ts'

export interface RouterEngine extends Engine {
  guard(to: RouteLocationNormalized): Promise<NavigationGuardReturn>
}

/** The session's engine, with vue-router as its host. */
export function startRouterEngine(
  context: Omit<EngineContext, 'host'>,
  { router, name = '', pageAddress, errorPage }: LowgateOptions,
): RouterEngine {
  const base = router.options.history.base
  const engine = startEngine({
    ...context,
    host: {
      basePath: `${base}/`,
      pageAddress: pageAddress ?? ((page) => router.resolve(toLocation(page)).href),
      async navigate(address, { replace = false } = {}) {
        await router[replace ? 'replace' : 'push'](address.slice(base.length))
      },
    },
  })

  const errorRoute = `lowgate-error${name}`
  let failure: LowgateError | undefined
  router.addRoute({
    name: errorRoute,
    // A pattern that no address matches: the route is reached by name alone, and keeps the address it stands for.
    path: '/:at(a^)*',
    component: errorPage ?? (() => import('./ErrorPage.vue')),
    props: () => ({ error: failure, client: engine.client, home: `${base}/` }),
  })

  return {
    ...engine,
    async guard(to) {
      if (to.name === errorRoute) return true
      const guards = to.matched.map((route) => guardOf(route, name))
      const entry = await engine.enter(base + to.fullPath, guards)
      switch (entry.outcome) {
        case 'show':
          return true
        case 'redirect':
          return { ...router.resolve(entry.address.slice(base.length)), replace: true }
        case 'leave':
          // Holds the navigation while the browser goes to the login page.
          return new Promise(() => undefined)
        case 'error':
          failure = entry.error
          return {
            name: errorRoute,
            params: { at: to.path.slice(1).split('/') },
            query: to.query,
            hash: to.hash,
            replace: true,
          }
      }
    },
  }
}

const toLocation = ({ pageId, params, query, hash, language }: PageReference) => ({
  name: pageId,
  params: { ...params, ...(language && { language }) },
  ...(query && { query }),
  ...(hash && { hash }),
})
