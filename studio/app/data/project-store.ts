import type { PublicSettings } from 'lowgate/contract'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ProjectView } from '../../api/endpoints.ts'
import { projectSchema, type Project } from '../../project/schema.ts'
import { createHistory } from './history.ts'
import { StudioError, studioApi } from './studio-api.ts'

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict'

/** Milliseconds from the last change to its save. */
const saveDelay = 400
const retryDelay = 3000

/** Whether the server would keep both as the same. */
const isSame = (one: Project, other: Project): boolean =>
  JSON.stringify(projectSchema.safeParse(one).data) === JSON.stringify(projectSchema.safeParse(other).data)

/** The open project: every change goes through `change`, is saved by itself and can be undone. */
export const useProjectStore = defineStore('project', () => {
  const project = ref<Project>()
  /** As last read or saved: its `project` is not the one being changed. */
  const view = shallowRef<ProjectView>()
  const loadError = shallowRef<StudioError>()
  const saveError = shallowRef<StudioError>()
  /** The version somebody else saved, while ours conflicts with it. */
  const conflict = shallowRef<ProjectView>()
  /** Whether the builder is being asked about it. */
  const isSettling = ref(false)
  const history = createHistory()
  /** The page that the last undo or redo changed. */
  const travelled = shallowRef<{ pageId: string }>()
  /** Counts the changes here; a save covers those up to its own. */
  const changes = ref(0)
  const savedChanges = ref(0)
  const isSaving = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  /** The id of the project that was asked for last. */
  let wanted: string | undefined
  /** The settings as last read or saved, as JSON. */
  let knownSettings = ''

  const saveState = computed<SaveState>(() => {
    if (conflict.value) return 'conflict'
    if (isSaving.value) return 'saving'
    if (changes.value === savedChanges.value) return 'saved'
    return saveError.value ? 'failed' : 'unsaved'
  })

  const current = (): Project => {
    if (!project.value) throw new Error('No project is open.')
    return project.value
  }

  function take(taken: ProjectView): void {
    project.value = taken.project
    view.value = taken
    knownSettings = JSON.stringify(taken.project.settings)
  }

  /** Opens a project. One that is already open and has unsaved changes is left untouched. */
  async function open(projectId: string): Promise<void> {
    wanted = projectId
    if (project.value?.id === projectId && changes.value !== savedChanges.value) return
    project.value = view.value = loadError.value = saveError.value = conflict.value = undefined
    history.clear()
    try {
      const read = await studioApi.read({ params: { project: projectId } })
      if (wanted === projectId) take(read)
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      loadError.value = error
    }
  }

  async function saveNow(): Promise<void> {
    if (!view.value || conflict.value || changes.value === savedChanges.value) return
    const sent = changes.value
    const sentSettings = JSON.stringify(current().settings)
    isSaving.value = true
    try {
      const { revision } = view.value
      view.value = await studioApi.save({
        params: { project: current().id },
        body: { project: current(), revision },
      })
      savedChanges.value = sent
      saveError.value = undefined
      knownSettings = sentSettings
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      if (error.saved && isSame(error.saved.project, current())) {
        // Ours, of which the answer was lost.
        view.value = error.saved
        savedChanges.value = sent
        saveError.value = undefined
      } else {
        if (error.saved) {
          // Settings that were not changed here are theirs: our old connections would part from the backend proxy's.
          if (sentSettings === knownSettings) current().settings = error.saved.project.settings
          conflict.value = error.saved
          isSettling.value = true
        }
        saveError.value = error
      }
    } finally {
      isSaving.value = false
    }
    if (changes.value !== savedChanges.value) saveSoon(saveError.value ? retryDelay : saveDelay)
  }

  /** Saves what is not saved yet; resolves when nothing of it is under way. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    await running
    running = saveNow()
    await running
  }

  function saveSoon(delay = saveDelay): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), delay)
  }

  function touch(): void {
    changes.value += 1
    saveSoon()
  }

  /**
   * An edit that leaves the project as it was does not count as a change.
   *
   * @param label the thing that changes; changes of one thing in a row are undone together
   */
  function change(label: string, apply: (draft: Project) => void): void {
    const before = JSON.stringify(current())
    apply(current())
    if (JSON.stringify(current()) === before) return
    history.remember(before, label)
    touch()
  }

  function travel(direction: 'undo' | 'redo'): void {
    const state = history[direction](JSON.stringify(current()))
    if (state === undefined) return
    const before = new Map(current().pages.map((page) => [page.id, JSON.stringify(page)]))
    // Connections also live in the backend proxy: going back must not part the two.
    project.value = { ...(JSON.parse(state) as Project), settings: current().settings }
    const changed = current().pages.find((page) => JSON.stringify(page) !== before.get(page.id))
    travelled.value = changed && { pageId: changed.id }
    touch()
  }

  /** Forgets what is not saved. */
  function giveUp(): void {
    clearTimeout(timer)
    project.value = view.value = conflict.value = saveError.value = undefined
    savedChanges.value = changes.value
  }

  /** Resolves when the settings are saved. @throws StudioError */
  async function saveSettings(settings: PublicSettings): Promise<void> {
    current().settings = settings
    touch()
    await flush()
    if (saveError.value) throw saveError.value
  }

  /** Ends a conflict: with their version, or with ours saved on top of it. */
  async function settle(keep: 'theirs' | 'ours'): Promise<void> {
    const theirs = conflict.value
    if (!theirs) return
    conflict.value = saveError.value = undefined
    isSettling.value = false
    if (keep === 'theirs') {
      take(theirs)
      history.clear()
      savedChanges.value = changes.value
    } else {
      view.value = theirs
      await flush()
    }
  }

  return {
    project,
    view,
    loadError,
    saveError,
    saveState,
    conflict,
    isSettling,
    travelled,
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    open,
    change,
    flush,
    saveSettings,
    settle,
    giveUp,
    undo: () => travel('undo'),
    redo: () => travel('redo'),
  }
})
