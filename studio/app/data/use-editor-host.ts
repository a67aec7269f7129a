import type { EditorHost } from 'lowgate/contract'
import { computed } from 'vue'
import { forEditor } from '../../project/for-editor.ts'
import { useProject } from './use-project.ts'

/** The studio's side of the host API: what the panels of `@lowgate/editor` are given. */
export function useEditorHost() {
  const { store, project } = useProject()
  return computed<EditorHost>(() => ({
    ...forEditor(project.value),
    projectId: project.value.id,
    proxyUrl: `${location.origin}/api/proxy`,
    sites: store.view?.sites ?? {},
    saveSettings: store.saveSettings,
  }))
}
