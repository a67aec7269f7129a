import { computed } from 'vue'
import { useProjectStore } from './project-store.ts'

/** The open project, for the screens that only exist while one is open. */
export function useProject() {
  const store = useProjectStore()
  const project = computed(() => {
    if (!store.project) throw new Error('No project is open.')
    return store.project
  })
  return { store, project }
}
