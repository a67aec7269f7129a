import { joinBasePath } from 'lowgate/contract'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { hasParameters } from '../../project/page-paths.ts'
import { useProject } from '../data/use-project.ts'

/** Leads to the open page on the preview site, with the latest change. */
export function usePreviewLink() {
  const { store, project } = useProject()
  const route = useRoute()

  const address = computed(() => {
    const site = store.view?.sites.preview
    const page = project.value.pages.find(({ id }) => id === route.params.pageId)
    const path = page && !hasParameters(page.path) ? page.path : '/'
    return site && site.origin + joinBasePath(site.basePath, path)
  })

  async function onClick(event: MouseEvent) {
    if (store.saveState === 'saved') return
    event.preventDefault()
    await store.flush()
    open(address.value, '_blank', 'noopener')
  }

  return { address, onClick }
}
