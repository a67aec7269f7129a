import { computed, reactive, ref, shallowRef } from 'vue'
import type { PublishStep } from '../../api/endpoints.ts'
import type { Objection } from '../../project/checks/objections.ts'
import { StudioError, studioApi } from '../data/studio-api.ts'
import { useProject } from '../data/use-project.ts'
import { useProblems } from '../problems/use-problems.ts'

/** Publishing: what blocks it, how far it has come, and how it ended. */
export function usePublish() {
  const { store, project } = useProject()
  const problems = useProblems()
  /** Errors that the health check of the tenant found; `undefined` while it runs. */
  const findings = shallowRef<Objection[]>()
  const overruled = reactive(new Set<string>())
  const note = ref('')
  const step = shallowRef<PublishStep>()
  const version = ref<number>()
  const failure = shallowRef<StudioError>()

  const shown = computed<Objection[]>(() => [
    ...problems.problems.filter(({ severity }) => severity === 'error'),
    ...(findings.value ?? []),
  ])
  /** What the server found beyond what is shown, when it refused the last try. */
  const further = computed(() =>
    (failure.value?.objections ?? []).filter(({ id }) => !shown.value.some((each) => each.id === id)),
  )
  const objections = computed(() => [...shown.value, ...further.value])
  const isChecking = computed(() => Boolean(project.value.settings.connections.production) && !findings.value)
  const open = computed(() => objections.value.filter(({ id }) => !overruled.has(id)).length)
  const isRunning = computed(() => Boolean(step.value) && !version.value && !failure.value)

  async function run() {
    failure.value = undefined
    step.value = { step: 'preparing', done: 0, total: 1 }
    try {
      await store.flush()
      if (store.saveError) throw store.saveError
      const body = { revision: store.view?.revision ?? 0, note: note.value, overruled: [...overruled] }
      const published = await studioApi.publish(
        { params: { project: project.value.id }, body },
        { onStep: (told) => (step.value = told) },
      )
      version.value = published.version
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      failure.value = error
    }
  }

  const overrule = (id: string, isOverruled: boolean) =>
    isOverruled ? overruled.add(id) : overruled.delete(id)

  return {
    findings,
    isChecking,
    overruled,
    overrule,
    note,
    step,
    version,
    failure,
    further,
    open,
    isRunning,
    run,
  }
}
