import { useEventListener } from '@vueuse/core'
import { computed, shallowRef } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, useRouter, type RouteLocationNormalized } from 'vue-router'
import { useProjectStore } from '../data/project-store.ts'

/** Asks before a project with unsaved changes is left: the browser when the page is closed, the studio otherwise. */
export function useLeaveWarning() {
  const store = useProjectStore()
  const router = useRouter()
  const held = shallowRef<RouteLocationNormalized>()

  useEventListener('beforeunload', (event) => {
    if (store.saveState === 'saved') return
    void store.flush()
    event.preventDefault()
  })

  async function hold(to: RouteLocationNormalized, from: RouteLocationNormalized): Promise<boolean> {
    if (to.params.projectId === from.params.projectId) return true
    await store.flush()
    if (store.saveState === 'saved') return true
    if (store.saveState === 'conflict') store.isSettling = true
    else held.value = to
    return false
  }

  onBeforeRouteLeave(hold)
  onBeforeRouteUpdate(hold)

  return {
    isAsking: computed({
      get: () => Boolean(held.value),
      set: (open) => !open && (held.value = undefined),
    }),
    async leave() {
      const to = held.value
      held.value = undefined
      store.giveUp()
      if (to) await router.push(to.fullPath)
    },
  }
}
