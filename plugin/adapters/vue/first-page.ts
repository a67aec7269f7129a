import { h, shallowRef } from 'vue'
import type { RouteLocationNormalized, Router } from 'vue-router'
import { isServer } from '../../browser/probe.ts'
import type { SessionState } from '../../session/types.ts'

/** The page that a server renders, which is the first one in the browser too: of somebody who is not logged in. */
export interface FirstPage {
  /** What components see. */
  state: SessionState
  /** Empties a private page, if it is the first one. */
  hold(to: RouteLocationNormalized): boolean
  isEmpty(route: Pick<RouteLocationNormalized, 'matched'>): boolean
}

/**
 * Keeps visitors and private pages out of the first page, so that nothing of theirs leaves a server and the browser
 * finds what the server has rendered. When it has taken that over, it shows what was held back.
 *
 * @param name of the instance
 * @param hydrated Settles when the browser has taken the page over; on a server it is not asked.
 */
export function keepFirstPage(
  router: Router,
  name: string,
  state: SessionState,
  hydrated: Promise<unknown> | undefined,
): FirstPage {
  const publicState = { ...state }
  const isOver = shallowRef(false)

  const emptyRoute = `lowgate-empty${name}`
  router.addRoute({ name: emptyRoute, path: '/:at(a^)*', component: { render: () => h('div') } })
  const { matched } = router.resolve({ name: emptyRoute })
  const isEmpty: FirstPage['isEmpty'] = (route) => route.matched[0] === matched[0]

  async function showHeld() {
    isOver.value = true
    const { path, query, hash, matched } = router.currentRoute.value
    if (isEmpty({ matched })) await router.replace({ path, query, hash, force: true })
  }
  // What keeps the page from being shown is told to `router.onError`.
  if (!isServer) hydrated?.then(showHeld).catch(() => undefined)

  return {
    state: new Proxy(state, {
      get: (_, key) => Reflect.get(isOver.value ? state : publicState, key) as unknown,
    }),
    hold(to) {
      if (isOver.value) return false
      // No redirect, which would encode the address in another way: Nuxt sends the browser there, again and again.
      Object.assign(to, { matched, meta: {} })
      return true
    },
    isEmpty,
  }
}
