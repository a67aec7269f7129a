import { nextTick } from 'vue'
import { useRouter } from 'vue-router'
import type { Place } from '../../project/checks/project-trouble.ts'
import { useProject } from '../data/use-project.ts'
import { useSelection } from '../data/selection.ts'

/** Opens the place where a problem is cured. */
export function useGoTo() {
  const router = useRouter()
  const { project } = useProject()
  const selection = useSelection()

  return async ({ screen, pageId, blockId, event, stepId }: Place) => {
    const params = { projectId: project.value.id }
    if (screen) return void (await router.push({ name: screen, params }))
    await router.push({ name: 'pages', params: { ...params, pageId } })
    await nextTick()
    if (blockId) selection.chooseBlock(blockId, stepId)
    else if (event) selection.chooseEvent(event, stepId)
    else {
      selection.choosePage()
      selection.stepId = stepId
    }
  }
}
