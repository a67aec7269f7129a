import { createApp, defineComponent, h, type Plugin } from 'vue'
import { createRouter, createWebHistory, type Router } from 'vue-router'
import Home from './Home.vue'
import Site from './Site.vue'

declare global {
  interface Window {
    bench: { domain: string; clientId: string; storage: 'memory' | 'localstorage' }
    /** Milliseconds since navigation start. */
    times: { mounted?: number; known?: number }
    login: () => Promise<unknown>
  }
}

window.times = {}

/** Which tenant and application, written into the page by its server. */
export const { domain, clientId, storage } = window.bench

/**
 * The same site for every candidate. `useEmail` runs inside a component and answers who is logged in.
 */
export function mountSite(
  install: (router: Router) => Plugin | undefined,
  useEmail: () => () => string | undefined,
): void {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: Home },
      { path: '/callback', component: Home },
      { path: '/about', component: () => import('./About.vue') },
    ],
  })
  const plugin = install(router)
  const app = createApp(
    defineComponent(() => {
      const email = useEmail()
      return () => h(Site, { email: email() })
    }),
  )
  app.use(router)
  if (plugin) app.use(plugin)
  app.mount('#app')
  void router.isReady().then(() => requestAnimationFrame(() => (window.times.mounted ??= performance.now())))
}
