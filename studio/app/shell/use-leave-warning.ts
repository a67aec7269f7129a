import { onBeforeUnmount, onMounted } from 'vue'
import { useProjectStore } from '../data/project-store.ts'

/** Lets the browser ask before a page with unsaved changes is closed. */
export function useLeaveWarning(): void {
  const store = useProjectStore()

  const warn = (event: BeforeUnloadEvent) => {
    if (store.saveState === 'saved') return
    void store.flush()
    event.preventDefault()
  }

  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
}
