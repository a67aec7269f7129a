import type { NavigationGuardReturn, RouteLocation, RouteLocationNormalized } from 'vue-router'
import {
  joinBasePath,
  LowgateError,
  stripBasePath,
  type Guard,
  type PageReference,
  type RuntimeHost,
} from '../../../contract/index.ts'
import { toHome } from '../../browser/addresses.ts'
import { hasSessionHint } from '../../browser/probe.ts'
import { startEngine } from '../../session/engine.ts'
import type { Engine, EngineContext } from '../../session/types.ts'
import type { LowgateOptions } from './create-lowgate.ts'

export interface RouterEngine extends Engine {
  guard(to: RouteLocationNormalized, from: From): Promise<NavigationGuardReturn>
}

/** Without a match nothing is on show yet. */
type From = Pick<RouteLocationNormalized, 'matched'>

/** An app or a site that vue-router drives. */
export interface RouterHost
  extends
    Pick<LowgateOptions, 'router' | 'site' | 'name' | 'pageAddress' | 'errorPage'>,
    Pick<RuntimeHost, 'landing'> {
  /** What a page demands of visitors. */
  guardsOf(to: RouteLocationNormalized): Guard[]
}

/** The session's engine, with vue-router as its host. */
export function startRouterEngine(
  context: Omit<EngineContext, 'host'>,
  { router, site, name = '', pageAddress, errorPage, landing, guardsOf }: RouterHost,
): RouterEngine {
  const { base } = router.options.history
  const basePath = joinBasePath(base, '/')
  const isBuilder = context.environment === 'editor' || context.environment === 'preview'
  const engine = startEngine({
    ...context,
    host: {
      basePath,
      site,
      ...(landing && { landing }),
      pageAddress: pageAddress ?? ((page) => router.resolve(toLocation(page)).href),
      async navigate(address, { replace = false } = {}) {
        await router[replace ? 'replace' : 'push'](stripBasePath(base, address))
      },
    },
  })

  const errorRoute = `lowgate-error${name}`
  let failure: LowgateError | undefined
  router.addRoute({
    name: errorRoute,
    // A pattern that no address matches: the route is reached only by name, and keeps the refused address.
    path: '/:at(a^)*',
    component: errorPage ?? (() => import('./ErrorPage.vue')),
    props: () => ({ error: failure, client: engine.client, home: toHome({ basePath, landing }), isBuilder }),
  })

  function toErrorPage({ path, query, hash }: RouteLocation, error: LowgateError) {
    failure = error
    const at = path.slice(1).split('/').map(decodePart)
    return { name: errorRoute, params: { at }, query, hash, replace: true }
  }

  const resolve = (address: string) => router.resolve(stripBasePath(base, address))

  /** Only by its path: next to the name and parameters of a route it would not be encoded. */
  function redirectTo(address: string) {
    const { path, query, hash } = resolve(address)
    return { path, query, hash, replace: true }
  }

  async function guard(to: RouteLocationNormalized, from: From): Promise<NavigationGuardReturn> {
    if (to.name === errorRoute) return true
    const entry = await engine.enter(joinBasePath(base, to.fullPath), guardsOf(to), to.meta.login)
    switch (entry.outcome) {
      case 'show':
        return true
      case 'redirect':
        return redirectTo(entry.address)
      case 'leave':
        // Holds the navigation while the browser goes to the login page, from where Back may lead here.
        await waitUntilShown()
        if (from.matched.length) return false
        return hasSessionHint(context.connection?.clientId ?? '', site)
          ? guard(to, from)
          : toErrorPage(to, new LowgateError('auth/login-required'))
      case 'error':
        return toErrorPage(entry.address === undefined ? to : resolve(entry.address), entry.error)
    }
  }

  // The visitor may have logged out in another tab after the guard let them in, before the page was on show.
  router.afterEach(() => void engine.review())
  return { ...engine, guard }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Settles when the browser shows this page again after it was left. */
const waitUntilShown = () =>
  new Promise<void>((resolve) => addEventListener('pageshow', ({ persisted }) => persisted && resolve()))

const toLocation = ({ pageId, params, query, hash, language }: PageReference) => ({
  name: pageId,
  params: { ...params, language },
  query,
  hash: hash && `#${hash.replace(/^#/, '')}`,
})
