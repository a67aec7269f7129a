import type { Trouble } from 'lowgate/contract'
import { computed, reactive, ref, shallowRef } from 'vue'
import type { ProjectTrouble } from '../../project/checks/project-trouble.ts'
import { StudioError, studioApi, type PublishStep } from '../data/studio-api.ts'
import { useProject } from '../data/use-project.ts'
import { useProblems } from '../problems/use-problems.ts'

/** Something that keeps the draft from being published until the builder overrules it by name. */
type Objection = Trouble & Pick<ProjectTrouble, 'id'>

/** Publishing: what stands against it, how far it is, and what came of it. */
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

  const objections = computed<Objection[]>(() => [
    ...problems.problems.filter(({ severity }) => severity === 'error'),
    ...(findings.value ?? []),
  ])
  const isChecking = computed(() => Boolean(project.value.settings.connections.production) && !findings.value)
  const open = computed(() => objections.value.filter(({ id }) => !overruled.has(id)).length)
  const isRunning = computed(() => Boolean(step.value) && !version.value && !failure.value)

  async function run() {
    failure.value = undefined
    step.value = { step: 'preparing', done: 0, total: 1 }
    try {
      await store.flush()
      if (store.saveError) throw store.saveError
      const about = {
        revision: store.view?.revision ?? 0,
        note: note.value,
        overruled: objections.value.filter(({ id }) => overruled.has(id)).map(({ title }) => title),
      }
      version.value = await studioApi.publish(project.value.id, about, (told) => (step.value = told))
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
    objections,
    open,
    isRunning,
    run,
  }
}
