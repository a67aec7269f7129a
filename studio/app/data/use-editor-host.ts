import type { EditorHost } from 'lowgate/contract'
import { computed } from 'vue'
import { stepsIn } from '../../project/walk.ts'
import { findHostStep } from './manifest.ts'
import { useProject } from './use-project.ts'

/** The studio's side of the host API: what the panels of `lowgate/editor` are given. */
export function useEditorHost() {
  const { store, project } = useProject()
  return computed<EditorHost>(() => ({
    projectId: project.value.id,
    proxyUrl: `${location.origin}/api/proxy`,
    pages: project.value.pages.map(({ id, name, path }) => ({ id, name, path })),
    sites: store.view?.sites ?? {},
    actions: project.value.workflows
      .flatMap(({ steps }) => [...stepsIn(steps)])
      .filter(({ action }) => !findHostStep(action))
      .map(({ action, args }) => ({ code: action, args })),
    settings: project.value.settings,
    saveSettings: store.saveSettings,
  }))
}
