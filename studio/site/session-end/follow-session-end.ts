import type { Lowgate } from 'lowgate/plugin'
import { ref, watch } from 'vue'
import type { Router } from 'vue-router'
import type { PublicSite } from '../../project/public-site.ts'

/** What a visitor typed before they left the page to log in again. */
interface Typed {
  /** Who typed it: nobody else gets it back. */
  sub: string
  variables: Record<string, unknown>
}

/**
 * Where the session runs out while a private page is open, the page stays and a dialog asks for a login; unless the
 * project has a workflow of its own for that. What was typed stays too, over a login on the tenant's page as well.
 */
export function followSessionEnd({
  site,
  session,
  router,
  variables,
}: {
  site: PublicSite
  session: Lowgate['session']
  router: Router
  variables: Record<string, unknown>
}) {
  const isAsking = ref(false)
  const name = `lowgate-site:${site.projectId}:typed`
  const hasOwnWorkflow = site.workflows.some(
    ({ trigger }) => trigger.type === 'session' && trigger.event === 'session-expired',
  )
  /** Who was logged in last. */
  let lastSub: string | undefined
  watch(
    () => session.state.user,
    (user) => user && (lastSub = user.sub),
    { immediate: true, flush: 'sync' },
  )

  function takeTyped(sub: string): void {
    try {
      const typed = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Typed | null
      sessionStorage.removeItem(name)
      if (typed?.sub === sub) Object.assign(variables, typed.variables)
    } catch {
      // Without storage nothing was kept.
    }
  }

  session.on('session-expired', () => {
    const isPrivate = router.currentRoute.value.matched.some(
      ({ meta }) => (meta.guard ?? 'everyone') !== 'everyone',
    )
    isAsking.value = isPrivate && !hasOwnWorkflow
  })
  session.on('login', ({ sub }) => {
    isAsking.value = false
    takeTyped(sub)
  })
  router.afterEach(() => (isAsking.value = false))

  return {
    isAsking,
    /** Keeps what was typed until the same visitor is back. */
    keepTyped(): void {
      try {
        sessionStorage.setItem(name, JSON.stringify({ sub: lastSub, variables }))
      } catch {
        // Without storage no login works on the tenant's page either.
      }
    },
  }
}
